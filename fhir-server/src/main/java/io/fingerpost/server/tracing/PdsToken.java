package io.fingerpost.server.tracing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The token the service is asked with: got for an assertion signed RS512 (NHS England API platform,
 * "Application-restricted RESTful APIs – signed JWT authentication"), used until shortly before it
 * ends.
 */
final class PdsToken {

  private static final Duration ASSERTION = Duration.ofMinutes(4);
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final PdsHttp http;
  private final PdsSettings settings;
  private final RSAKey key;
  private final Clock clock;
  private Held held = new Held("", Instant.MIN);

  private record Held(String token, Instant until) {}

  PdsToken(PdsHttp http, PdsSettings settings, RSAKey key, Clock clock) {
    this.http = http;
    this.settings = settings;
    this.key = key;
    this.clock = clock;
  }

  /** The private RSA key with a key id of a file that holds one JSON Web Key or a set of them. */
  static RSAKey key(Path file) {
    try {
      String text = Files.readString(file);
      List<JWK> keys =
          text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
      return keys.stream()
          .filter(key -> key instanceof RSAKey && key.isPrivate() && key.getKeyID() != null)
          .map(JWK::toRSAKey)
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException(file + " holds no private RSA key with a kid."));
    } catch (IOException unreadable) {
      throw new IllegalStateException(file + " (fingerpost.pds.key-file) cannot be read.");
    } catch (ParseException malformed) {
      throw new IllegalStateException(file + " holds no JSON Web Key.");
    }
  }

  synchronized String value() {
    if (!held.until().isAfter(clock.instant())) {
      held = fresh();
    }
    return held.token();
  }

  /** One that was refused before its time is asked for anew. */
  synchronized void forget() {
    held = new Held("", Instant.MIN);
  }

  private Held fresh() {
    String form =
        Map.of(
                "grant_type", "client_credentials",
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion", assertion())
            .entrySet()
            .stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(Objects.requireNonNull(settings.tokenUrl())))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)),
            "TOKEN_");
    if (response.statusCode() != 200) {
      throw new PdsUnavailable("TOKEN_HTTP_" + response.statusCode());
    }
    return told(response.body());
  }

  private Held told(String body) {
    try {
      Map<String, Object> told = JSONObjectUtils.parse(body);
      if (told.get("access_token") instanceof String token && told.get("expires_in") != null) {
        // The platform writes the seconds as a string.
        long seconds = Long.parseLong(String.valueOf(told.get("expires_in")));
        return new Held(token, clock.instant().plusSeconds(seconds).minus(MARGIN));
      }
      throw new PdsUnavailable("TOKEN_NOT_TOLD");
    } catch (ParseException | NumberFormatException unreadable) {
      throw new PdsUnavailable("TOKEN_UNREADABLE");
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private String assertion() {
    Instant now = clock.instant();
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS512)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(settings.apiKey())
                .subject(settings.apiKey())
                .audience(settings.tokenUrl())
                .expirationTime(Date.from(now.plus(ASSERTION)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      assertion.sign(new RSASSASigner(key));
    } catch (JOSEException unfit) {
      throw new PdsUnavailable("KEY_UNFIT");
    }
    return assertion.serialize();
  }
}
