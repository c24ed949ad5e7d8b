package io.fingerpost.server.access;

import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts refused token requests, by the address they come from and the client they name, and lets
 * no more in from there for a while once there were too many. Nobody else is kept out by that.
 */
final class FailedAssertions extends OncePerRequestFilter {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LONGEST_NAME = 100;

  private final Rates rates = new Rates();
  private final RateSettings settings;

  FailedAssertions(RateSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String address = addressOf(request);
    String client = AssertionRequests.claimed(request.getParameter("client_assertion"));
    String named = client.substring(0, Math.min(LONGEST_NAME, client.length()));
    List<Bucket> left =
        List.of(
            rates.of(address, settings.failuresOfAnAddress(), MINUTE),
            rates.of(address + " " + named, settings.failuresAMinute(), MINUTE));
    if (left.stream().anyMatch(bucket -> bucket.getAvailableTokens() == 0)) {
      response.setHeader("Retry-After", "60");
      response.setStatus(429);
      response.setContentType("application/json;charset=UTF-8");
      response.getWriter().write("{\"error\":\"too_many_requests\"}");
      return;
    }
    chain.doFilter(request, response);
    if (response.getStatus() >= 400 && response.getStatus() < 500) {
      left.forEach(bucket -> bucket.tryConsume(1));
    }
  }

  /**
   * Of a proxy of ours the last address counts: it is the only one the proxy itself has written.
   */
  private String addressOf(HttpServletRequest request) {
    String forwarded = request.getHeader("X-Forwarded-For");
    if (forwarded == null || !settings.proxies().contains(request.getRemoteAddr())) {
      return request.getRemoteAddr();
    }
    return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }
}
