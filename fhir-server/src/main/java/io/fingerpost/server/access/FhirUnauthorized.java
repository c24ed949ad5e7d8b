package io.fingerpost.server.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Answers who comes without a good token: 401, the challenge, and an OperationOutcome. */
final class FhirUnauthorized implements AuthenticationEntryPoint {

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    // The library's own challenge says what its parser found in the token.
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE,
        failure instanceof OAuth2AuthenticationException
            ? "Bearer error=\"invalid_token\""
            : "Bearer");
    RefusalAnswer.TOKEN_NEEDED.write(request, response);
  }
}
