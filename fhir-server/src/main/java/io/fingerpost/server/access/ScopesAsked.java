package io.fingerpost.server.access;

import java.util.Set;
import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;

/** Lets a client ask for its registered scopes, or for less than these; never for more. */
final class ScopesAsked implements Consumer<OAuth2ClientCredentialsAuthenticationContext> {

  private static final String NOT_READ =
      "Scopes are those of SMART v2 for systems: system/CarePlan.rs, not system/CarePlan.read.";
  private static final String NOT_HELD = "This client is not registered for a scope it asks for.";

  @Override
  public void accept(OAuth2ClientCredentialsAuthenticationContext context) {
    OAuth2ClientCredentialsAuthenticationToken request = context.getAuthentication();
    Set<String> registered = context.getRegisteredClient().getScopes();
    for (String asked : request.getScopes()) {
      if (Scope.of(asked).isEmpty()) {
        throw refused(NOT_READ);
      }
      if (!Scope.isWithin(asked, registered)) {
        throw refused(NOT_HELD);
      }
    }
  }

  private static OAuth2AuthenticationException refused(String why) {
    return new OAuth2AuthenticationException(
        new OAuth2Error(OAuth2ErrorCodes.INVALID_SCOPE, why, ""));
  }
}
