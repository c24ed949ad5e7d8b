package io.fingerpost.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds each client to its number of requests a second, so that one leaves room for the others. */
final class ClientRates extends OncePerRequestFilter {

  private final Rates rates = new Rates();
  private final Registry registry;
  private final RateSettings settings;

  ClientRates(Registry registry, RateSettings settings) {
    this.registry = registry;
    this.settings = settings;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token
        && !rates.of(token.getName(), of(token.getName()), Duration.ofSeconds(1)).tryConsume(1)) {
      response.setHeader("Retry-After", "1");
      RefusalAnswer.TOO_MANY.write(request, response);
      return;
    }
    chain.doFilter(request, response);
  }

  private long of(String client) {
    return registry
        .find(client)
        .map(Client::requestsASecond)
        .map(Integer::longValue)
        .orElse(settings.requestsASecond());
  }
}
