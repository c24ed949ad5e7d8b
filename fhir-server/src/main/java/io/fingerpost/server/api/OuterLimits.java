package io.fingerpost.server.api;

import ca.uhn.fhir.rest.server.exceptions.PayloadTooLargeException;
import io.fingerpost.server.access.RefusalAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every request is held to, and what every answer carries, before anyone has looked who asks:
 * known methods, a short address, a body of bounded size that is what it looks like.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class OuterLimits extends OncePerRequestFilter {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  /** It has limits of its own, and answers of its own shape when they are passed. */
  private static final String MESSAGES = "/$process-message";

  private final LimitSettings limits;

  OuterLimits(LimitSettings limits) {
    this.limits = limits;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    close(request, response);
    if (!METHODS.contains(request.getMethod())) {
      RefusalAnswer.NOT_SUPPORTED.write(request, response);
    } else if (length(request) > limits.url()) {
      RefusalAnswer.URL_TOO_LONG.write(request, response);
    } else if (request.getRequestURI().endsWith(MESSAGES)) {
      chain.doFilter(request, response);
    } else if (request.getHeader("Content-Encoding") != null) {
      // What a small body swells to is known only afterwards.
      RefusalAnswer.COMPRESSED.write(request, response);
    } else if (request.getContentLengthLong() > limits.body().toBytes()) {
      RefusalAnswer.BODY_TOO_LARGE.write(request, response);
    } else {
      chain.doFilter(new Bounded(request, limits.body().toBytes()), response);
    }
  }

  /** Answers are for the program that asked: in no frame, no cache, and no page of another site. */
  private static void close(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static int length(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI().length() + (query == null ? 0 : query.length() + 1);
  }

  /** A request whose body ends in a refusal where it goes on too long. */
  private static final class Bounded extends HttpServletRequestWrapper {

    private final long limit;

    Bounded(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new BoundedBody(super.getInputStream(), limit);
    }
  }

  private static final class BoundedBody extends ServletInputStream {

    private final ServletInputStream body;
    private long left;

    BoundedBody(ServletInputStream body, long limit) {
      this.body = body;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int read = body.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = body.read(into, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw new PayloadTooLargeException("too large");
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
