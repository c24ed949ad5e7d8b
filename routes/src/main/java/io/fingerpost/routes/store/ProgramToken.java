package io.fingerpost.routes.store;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token the routes ask the store with: got by an assertion signed with their key (SMART Backend
 * Services), used until shortly before it ends, then got anew.
 */
final class ProgramToken {

  private static final Logger log = LoggerFactory.getLogger(ProgramToken.class);
  private static final Duration ASSERTION = Duration.ofMinutes(4);
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final SmartEndpoint endpoint;
  private final String client;
  private final JWK key;
  private final Clock clock;
  private Held held = new Held("", Instant.MIN);

  private record Held(String token, Instant until) {}

  ProgramToken(SmartEndpoint endpoint, String client, JWK key, Clock clock) {
    this.endpoint = endpoint;
    this.client = client;
    this.key = key;
    this.clock = clock;
  }

  /** The first private key of a file that holds one JSON Web Key or a set of them. */
  static JWK key(Path file) {
    try {
      String text = Files.readString(file);
      List<JWK> keys =
          text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
      return keys.stream()
          .filter(JWK::isPrivate)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(file + " holds no private key."));
    } catch (IOException unreadable) {
      throw new IllegalStateException(file + " (fingerpost.store.key-file) cannot be read.");
    } catch (ParseException malformed) {
      throw new IllegalStateException(file + " holds no JSON Web Key.");
    }
  }

  /** One at a time: whoever waits for a new token gets the same. */
  synchronized String value() {
    if (!held.until().isAfter(clock.instant())) {
      held = fresh();
    }
    return held.token();
  }

  synchronized void forget() {
    held = new Held("", Instant.MIN);
  }

  private Held fresh() {
    try {
      URI address = endpoint.tokenEndpoint();
      Map<String, Object> told = endpoint.token(address, assertion(address));
      if (told.get("access_token") instanceof String token
          && told.get("expires_in") instanceof Number seconds) {
        Duration life = Duration.ofSeconds(seconds.longValue());
        return new Held(token, clock.instant().plus(life).minus(MARGIN));
      }
      throw new NoToken("an answer without one");
    } catch (NoToken none) {
      log.warn("outcome=no-token cause=\"{}\" client={}", none.getMessage(), client);
      throw none;
    }
  }

  private String assertion(URI address) {
    JWSAlgorithm algorithm =
        KeyType.EC.equals(key.getKeyType()) ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
    Instant now = clock.instant();
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(address.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      assertion.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
    } catch (JOSEException unfit) {
      throw new NoToken("a key that cannot sign " + algorithm);
    }
    return assertion.serialize();
  }
}
