package io.fingerpost.server.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Answers who comes without a good token: 401, the challenge, and an OperationOutcome. */
final class FhirUnauthorized implements AuthenticationEntryPoint {

  private static final String OUTCOME =
      """
      {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login",\
      "details":{"coding":[{"system":"https://fingerpost.io/CodeSystem/refusal","code":"TOKEN_NEEDED"}]},\
      "diagnostics":"Send a bearer token from /oauth2/token that is not older than its lifetime."}]}""";

  private final AuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    challenge.commence(request, response, failure);
    response.setContentType("application/fhir+json;charset=UTF-8");
    response.getWriter().write(OUTCOME);
  }
}
