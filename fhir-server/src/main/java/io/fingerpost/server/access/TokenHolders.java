package io.fingerpost.server.access;

import java.util.List;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;

/**
 * Whom a token stands for: who and for what is the token's to say, and all else the registry's, as
 * it is now. A token gives no more than a new one would.
 */
@Component
class TokenHolders implements Converter<Jwt, CallerToken> {

  private final Registry registry;

  TokenHolders(Registry registry) {
    this.registry = registry;
  }

  @Override
  public CallerToken convert(Jwt token) {
    Client client =
        registry
            .find(token.getSubject())
            .orElseThrow(() -> new InvalidBearerTokenException("not registered"));
    if (!ShownCertificate.satisfies(client) || !ShownCertificate.binds(token)) {
      throw new InvalidBearerTokenException("not with this certificate");
    }
    String purpose = token.getClaimAsString(TokenClaims.PURPOSE);
    if (!client.purposes().contains(purpose)) {
      throw new InvalidBearerTokenException("not registered for this purpose");
    }
    return new CallerToken(
        token,
        new Caller(
            client.client(),
            client.organisation(),
            client.kind(),
            client.roles(),
            Scope.common(
                List.of(token.getClaimAsString(TokenClaims.SCOPE).split(" ")), client.scopes()),
            purpose));
  }
}
