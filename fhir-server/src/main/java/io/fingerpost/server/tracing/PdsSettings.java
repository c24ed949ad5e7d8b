package io.fingerpost.server.tracing;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Personal Demographics Service, and how it is asked.
 *
 * @param base base URL of the API; absent: nobody is traced
 * @param tokenUrl where tokens are given, which is also whom an assertion is made out to
 * @param apiKey of the application, as the API platform gave it
 * @param keyFile holds the private key, a JSON Web Key with its {@code kid}
 * @param aSecond questions a second, from all nodes together
 * @param connect how long to wait for a connection
 * @param answer how long to wait for an answer
 * @param good how long an answer is good: the same is not asked again before
 * @param attempts tries in all before an operator has to look
 * @param firstDelay wait before the second try; each later wait doubles, up to six hours
 * @param failures failures in a row, of all nodes together, after which nobody asks for a while
 * @param pause that while; it doubles with each further failure, up to an hour
 * @param lease how long one node may take over one person
 * @param poll how often each node looks for work
 */
@Validated
@ConfigurationProperties("fingerpost.pds")
record PdsSettings(
    @Nullable @Pattern(regexp = "https?://.+[^/]") String base,
    @Nullable @Pattern(regexp = "https?://.+") String tokenUrl,
    @Nullable String apiKey,
    @Nullable Path keyFile,
    @DefaultValue("5") @Min(1) @Max(1000) int aSecond,
    @DefaultValue("2s") @NotNull Duration connect,
    @DefaultValue("10s") @NotNull Duration answer,
    @DefaultValue("7d") @NotNull Duration good,
    @DefaultValue("12") @Positive @Max(100) int attempts,
    @DefaultValue("30s") @NotNull Duration firstDelay,
    @DefaultValue("5") @Positive int failures,
    @DefaultValue("1m") @NotNull Duration pause,
    @DefaultValue("2m") @NotNull Duration lease,
    @DefaultValue("200ms") @NotNull Duration poll) {

  private static final Duration LONGEST_DELAY = Duration.ofHours(6);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  @AssertTrue(message = "tracing needs base, token-url, api-key and key-file together")
  boolean isWhole() {
    boolean all = base != null && tokenUrl != null && apiKey != null && keyFile != null;
    boolean none = base == null && tokenUrl == null && apiKey == null && keyFile == null;
    return all || none;
  }

  /** What is asked names people: it goes over the wire encrypted, or stays on this machine. */
  @AssertTrue(message = "the service and its token URL need https")
  boolean isSafe() {
    return isSafe(base) && isSafe(tokenUrl);
  }

  private static boolean isSafe(@Nullable String url) {
    return url == null
        || url.startsWith("https://")
        || url.startsWith("http://localhost:")
        || url.startsWith("http://127.0.0.1:");
  }

  Duration delayAfter(int attempt) {
    return doubled(firstDelay, attempt, LONGEST_DELAY);
  }

  /**
   * @param further failures beyond those that closed the gate
   */
  Duration pauseAfter(int further) {
    return doubled(pause, further, LONGEST_PAUSE);
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(times, 16));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
