package io.fingerpost.server.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  /**
   * @param issuer base URL under which clients reach this server; assertions are made out to its
   *     token endpoint
   * @param signingKeys key set that signs tokens; made at the first start, shared by all nodes
   * @param tokenLifetime how long a token is good for
   * @param assertionLifetime the longest life an assertion may state
   */
  record Access(
      @NotBlank String issuer,
      @NotNull Path signingKeys,
      @DefaultValue("5m") @NotNull Duration tokenLifetime,
      @DefaultValue("5m") @NotNull Duration assertionLifetime) {

    String tokenEndpoint() {
      return issuer + "/oauth2/token";
    }
  }
}
