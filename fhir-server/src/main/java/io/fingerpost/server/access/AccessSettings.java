package io.fingerpost.server.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may ask, and how.
 *
 * @param access the token endpoint
 * @param partners the registry: everyone with a client
 */
@Validated
@ConfigurationProperties("fingerpost")
record AccessSettings(@NotNull @Valid Access access, @DefaultValue @Valid List<Client> partners) {

  /** What is read of the registry file again when it has changed. */
  record Registered(@NotEmpty @Valid List<Client> partners) {}

  /**
   * @param fresh how long fetched keys are used before they are fetched again; a key taken away
   *     counts that much longer
   * @param outage how long the last good keys hold while an address is silent
   * @param connect how long an address may take to connect
   * @param answer and to answer
   */
  record Keys(
      @DefaultValue("5m") @NotNull Duration fresh,
      @DefaultValue("4h") @NotNull Duration outage,
      @DefaultValue("2s") @NotNull Duration connect,
      @DefaultValue("3s") @NotNull Duration answer) {}

  /**
   * @param issuer base URL under which clients reach this server; assertions are made out to its
   *     token endpoint
   * @param registry the registry file, read again when it has changed
   * @param signingKeys key set that signs tokens; made where there is none, shared by all nodes
   * @param tokenLifetime how long a token is good for; five minutes at most
   * @param assertionLifetime the longest life an assertion may state
   * @param keys how clients' keys are fetched from their addresses
   */
  record Access(
      @NotBlank String issuer,
      @NotNull Path registry,
      @NotNull Path signingKeys,
      @DefaultValue("5m") @NotNull @DurationMin(seconds = 10) @DurationMax(minutes = 5)
          Duration tokenLifetime,
      @DefaultValue("5m") @NotNull @DurationMax(minutes = 5) Duration assertionLifetime,
      @DefaultValue @Valid Keys keys) {

    /** How far the clocks of two machines may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    /** What tokens are good for. */
    String audience() {
      return issuer + "/fhir";
    }

    String tokenEndpoint() {
      return issuer + "/oauth2/token";
    }
  }
}
