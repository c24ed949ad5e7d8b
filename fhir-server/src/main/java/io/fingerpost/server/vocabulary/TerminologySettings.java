package io.fingerpost.server.vocabulary;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A terminology server for code systems that do not ship with the program, SNOMED CT above all.
 *
 * @param server base URL of its FHIR R4 API; absent: nobody is asked, and such codes pass
 * @param systems the code systems it is asked about
 * @param credentials how to get a token for it; absent where it asks for none
 * @param connect how long to wait for a connection
 * @param answer how long to wait for an answer
 * @param pause how long it is left alone after it did not answer
 * @param remember how long an answer about a code is used again
 */
@Validated
@ConfigurationProperties("fingerpost.terminology")
record TerminologySettings(
    @Nullable @Pattern(regexp = "https?://.+") String server,
    @DefaultValue("http://snomed.info/sct") @NotEmpty List<String> systems,
    @Nullable @Valid Credentials credentials,
    @DefaultValue("2s") @NotNull Duration connect,
    @DefaultValue("5s") @NotNull Duration answer,
    @DefaultValue("30s") @NotNull Duration pause,
    @DefaultValue("24h") @NotNull Duration remember) {

  /**
   * OAuth 2.0 client credentials, as the NHS Terminology Server asks for.
   *
   * @param tokenUrl where tokens are given
   * @param clientId who asks
   * @param secretFile holds the client's secret, and nothing else
   * @param scope what to ask for; absent where the server has a default
   */
  record Credentials(
      @NotNull URI tokenUrl,
      @NotBlank String clientId,
      @NotNull Path secretFile,
      @Nullable String scope) {}

  /** A secret goes over the wire encrypted, or stays on this machine. */
  @AssertTrue(message = "the terminology server and its token URL need https")
  boolean isSafe() {
    return credentials == null
        || isSafe(String.valueOf(server)) && isSafe(credentials.tokenUrl().toString());
  }

  private static boolean isSafe(String url) {
    return url.startsWith("https://")
        || url.startsWith("http://localhost:")
        || url.startsWith("http://127.0.0.1:");
  }
}
