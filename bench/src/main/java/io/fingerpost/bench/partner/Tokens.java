package io.fingerpost.bench.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.fingerpost.bench.CommandFailed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gets access tokens as SMART Backend Services has it: a signed assertion for a token. A token is
 * used until half a minute before it ends.
 */
public final class Tokens {

  private static final Duration ASSERTION = Duration.ofMinutes(4);
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Server server;
  private final List<Path> keys;
  private final Http http;
  private final Clock clock;
  private final Map<Wanted, Held> held = new ConcurrentHashMap<>();

  /** Whose token, and for what; an empty scope or purpose is the one the registry gives. */
  public record Wanted(String client, String scope, String purpose) {
    public static Wanted of(String client) {
      return new Wanted(client, "", "");
    }
  }

  private record Held(String token, Instant until) {}

  public Tokens(Server server, Http http, Clock clock) {
    this.server = server;
    this.keys = server.keyDirectories();
    this.http = http;
    this.clock = clock;
  }

  public String of(Wanted wanted) {
    Held known = held.get(wanted);
    if (known == null || !known.until().isAfter(clock.instant())) {
      // Once for all who wait for it: eight clients at an end of a token are one request.
      known = held.compute(wanted, (same, old) -> fresh(wanted, old));
    }
    return known.token();
  }

  private Held fresh(Wanted wanted, @Nullable Held old) {
    if (old != null && old.until().isAfter(clock.instant())) {
      return old;
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion(wanted.client(), Keys.load(wanted.client(), keys)));
    if (!wanted.scope().isEmpty()) {
      form.put("scope", wanted.scope());
    }
    if (!wanted.purpose().isEmpty()) {
      form.put("purpose_of_use", wanted.purpose());
    }
    Answer answer =
        http.send(
            "POST",
            server.tokenEndpoint(),
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            encoded(form));
    if (answer.status() != 200) {
      throw new CommandFailed(
          wanted.client() + " got no token: HTTP " + answer.status() + " " + answer.text());
    }
    JsonNode json = answer.json();
    Instant until = clock.instant().plusSeconds(json.path("expires_in").asLong()).minus(MARGIN);
    return new Held(json.path("access_token").asText(), until);
  }

  String assertion(String client, JWK key) {
    JWSAlgorithm algorithm =
        KeyType.EC.equals(key.getKeyType()) ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
    Instant now = clock.instant();
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(server.tokenEndpoint().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      assertion.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
    } catch (JOSEException e) {
      throw new CommandFailed("The key of " + client + " cannot sign " + algorithm + ".", e);
    }
    return assertion.serialize();
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
