package io.fingerpost.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/**
 * Reads the signed assertion a client proves itself with (SMART Backend Services, "Request": RS384
 * or ES384; iss and sub the client, aud the token endpoint, a short exp, a jti that counts once).
 */
@Component
class Assertions implements JwtDecoderFactory<RegisteredClient> {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);

  private static final JWKSource<SecurityContext> NO_KEYS = (selector, context) -> List.of();

  private final Registry registry;
  private final ClientKeys keys;
  private final AccessSettings.Access access;
  private final TakenAssertions taken;
  private final Clock clock;

  Assertions(
      Registry registry,
      ClientKeys keys,
      AccessSettings settings,
      TakenAssertions taken,
      Clock clock) {
    this.registry = registry;
    this.keys = keys;
    this.access = settings.access();
    this.taken = taken;
    this.clock = clock;
  }

  @Override
  public JwtDecoder createDecoder(RegisteredClient client) {
    return decoder(client.getClientId());
  }

  private JwtDecoder decoder(String client) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            ALGORITHMS, registry.find(client).map(keys::of).orElse(NO_KEYS)));
    processor.setJWTClaimsSetVerifier(this::requireIssued);
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            time(clock),
            required("iss", jwt -> client.equals(jwt.getClaimAsString("iss"))),
            required("sub", jwt -> client.equals(jwt.getSubject())),
            required("aud", this::isForUs),
            required("exp", this::isShort),
            jwt -> shownCertificate(client),
            required("jti", jwt -> jwt.getId() != null && jwt.getId().length() <= 128),
            new Once(client)));
    return decoder;
  }

  private static OAuth2TokenValidator<Jwt> time(Clock clock) {
    JwtTimestampValidator time = new JwtTimestampValidator(AccessSettings.Access.SKEW);
    time.setClock(clock);
    return time;
  }

  private boolean isForUs(Jwt jwt) {
    return jwt.getAudience() != null
        && (jwt.getAudience().contains(access.tokenEndpoint())
            || jwt.getAudience().contains(access.issuer()));
  }

  /** Here, and not with the others: where there is no iat, Spring makes one up from exp. */
  private void requireIssued(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    Date issued = claims.getIssueTime();
    Instant latest = clock.instant().plus(AccessSettings.Access.SKEW);
    if (issued != null && issued.toInstant().isAfter(latest)) {
      throw new BadJWTException("the assertion's iat is wrong");
    }
  }

  private boolean isShort(Jwt jwt) {
    Instant latest =
        clock.instant().plus(access.assertionLifetime()).plus(AccessSettings.Access.SKEW);
    return jwt.getExpiresAt() != null && jwt.getExpiresAt().isBefore(latest);
  }

  private OAuth2TokenValidatorResult shownCertificate(String client) {
    return registry.find(client).filter(ShownCertificate::satisfies).isPresent()
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(
            new OAuth2Error(
                OAuth2ErrorCodes.INVALID_CLIENT,
                "come with the client certificate that is registered",
                ""));
  }

  private static OAuth2TokenValidator<Jwt> required(String claim, Predicate<Jwt> holds) {
    return jwt ->
        holds.test(jwt)
            ? OAuth2TokenValidatorResult.success()
            : OAuth2TokenValidatorResult.failure(wrong(claim));
  }

  private static OAuth2Error wrong(String claim) {
    return new OAuth2Error(
        OAuth2ErrorCodes.INVALID_CLIENT, "the assertion's " + claim + " is missing or wrong", "");
  }

  /** Last of all: what failed another check does not use up its jti. */
  private final class Once implements OAuth2TokenValidator<Jwt> {
    private final String client;

    Once(String client) {
      this.client = client;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt jwt) {
      if (jwt.getId() == null || jwt.getExpiresAt() == null || !isShort(jwt) || !isForUs(jwt)) {
        return OAuth2TokenValidatorResult.success();
      }
      return taken.take(client, jwt.getId(), jwt.getExpiresAt())
          ? OAuth2TokenValidatorResult.success()
          : OAuth2TokenValidatorResult.failure(wrong("jti"));
    }
  }
}
