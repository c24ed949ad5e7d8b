package io.fingerpost.server.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/**
 * What a token says: who, with which scopes, for which purpose, and that it is for this server.
 * Organisation, kind and roles stay in the registry, to be looked up at each request.
 */
@Component
class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

  static final String SCOPE = "scope";
  static final String PURPOSE = "purpose_of_use";

  private final Registry registry;
  private final String audience;

  TokenClaims(Registry registry, AccessSettings settings) {
    this.registry = registry;
    this.audience = settings.access().audience();
  }

  @Override
  public void customize(JwtEncodingContext context) {
    Client client =
        registry
            .find(context.getRegisteredClient().getClientId())
            .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
    Set<String> scopes =
        context.getAuthorizedScopes().isEmpty()
            ? new TreeSet<>(client.scopes())
            : context.getAuthorizedScopes();
    context
        .getClaims()
        .audience(List.of(audience))
        .claim(SCOPE, String.join(" ", scopes))
        .claim(PURPOSE, purpose(context, client.purposes()));
    // RFC 8705: whoever has the token but not the certificate has nothing. Spring's own decoder
    // holds the token to it.
    ShownCertificate.now()
        .ifPresent(
            shown ->
                context
                    .getClaims()
                    .claim(
                        ShownCertificate.CLAIM,
                        Map.of(ShownCertificate.THUMBPRINT, shown.thumbprint())));
  }

  private static String purpose(JwtEncodingContext context, List<String> allowed) {
    if (context.getAuthorizationGrant()
            instanceof OAuth2ClientCredentialsAuthenticationToken request
        && request.getAdditionalParameters().get(PURPOSE) instanceof String asked) {
      if (!allowed.contains(asked)) {
        throw new OAuth2AuthenticationException(
            new OAuth2Error(
                OAuth2ErrorCodes.INVALID_REQUEST,
                "this client is not registered for the purpose of use it asked for",
                ""));
      }
      return asked;
    }
    return allowed.get(0);
  }
}
