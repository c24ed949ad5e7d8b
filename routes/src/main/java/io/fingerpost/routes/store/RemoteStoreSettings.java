package io.fingerpost.routes.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the store is when it is not in this process; the first three are needed then, and then
 * only.
 *
 * @param url base URL of the FHIR API
 * @param client what these routes are called at its token endpoint
 * @param keyFile their private key, a JSON Web Key or a set of them
 * @param connections most requests under way at once
 * @param connect how long a connection may take
 * @param answer how long an answer may take
 */
@Validated
@ConfigurationProperties("fingerpost.store")
record RemoteStoreSettings(
    @Nullable URI url,
    @Nullable String client,
    @Nullable Path keyFile,
    @DefaultValue("32") @Positive @Max(500) int connections,
    @DefaultValue("5s") @NotNull Duration connect,
    @DefaultValue("20s") @NotNull Duration answer) {

  /** The base URL, without a slash at its end. */
  String base() {
    return needed(url, "url").toString().replaceAll("/+$", "");
  }

  String clientName() {
    return needed(client, "client");
  }

  Path key() {
    return needed(keyFile, "key-file");
  }

  private static <T> T needed(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalStateException(
          "Routes in a process of their own reach the store over HTTP: set fingerpost.store."
              + name
              + ".");
    }
    return value;
  }
}
