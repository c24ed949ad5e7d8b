package io.fingerpost.routes.inbound.gp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.inbound.MessageRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** NHS England's own BaRS examples, where {@code -Dsamples=<folder>} has them. */
@EnabledIfSystemProperty(named = "samples", matches = ".+")
class BarsSamplesTest {

  @Test
  void makesAReferralOrARefusalOfEverySample() throws IOException {
    for (Path sample : samples()) {
      System.out.printf("%-70.70s %s%n", sample.getFileName(), outcome(Files.readAllBytes(sample)));
    }
  }

  @Test
  void storesTheGpExampleOnceItsSenderAndPersonAreMadeUpOnes() throws IOException {
    for (Path sample : samples()) {
      if (sample.getFileName().toString().startsWith("REFREQ07")) {
        String text =
            Files.readString(sample)
                .replace("\"RND\"", "\"Z91001\"")
                .replace("3478526985", "9990000018");
        assertThat(outcome(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .startsWith("referral");
      }
    }
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("samples")))) {
      return files
          .filter(file -> file.toString().contains("/bars-") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static String outcome(byte[] body) {
    try {
      GpMessages.stored(body);
      return "referral";
    } catch (MessageRefused refused) {
      return refused.code() + " " + refused.location();
    }
  }
}
