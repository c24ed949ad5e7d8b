package io.fingerpost.routes.inbound.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Referral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the case folders: what is received, and what is stored of it or why it is refused. */
class GpTranslatorTest {

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("src/test/resources/inbound/gp"))) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void translatesOrRefusesAsTheCaseSays(Path folder) throws IOException {
    Path xml = folder.resolve("received.xml");
    byte[] received = Files.readAllBytes(Files.exists(xml) ? xml : folder.resolve("received.json"));
    Path refused = folder.resolve("refused.txt");
    if (Files.exists(refused)) {
      assertThat(refusal(received)).isEqualTo(Files.readString(refused).strip());
    } else {
      // What changes a referral is no Bundle until the referral is found: it is kept as text.
      String file =
          GpMessages.content(received) instanceof Referral ? "stored.fhir.json" : "changes.txt";
      String stored = GpMessages.stored(received);
      Path left = Path.of("target/cases/gp", folder.getFileName().toString());
      Files.writeString(Files.createDirectories(left).resolve(file), stored + "\n");
      Path expected = folder.resolve(file);
      assertThat(expected).as("what came of it is in %s", left).exists();
      assertThat(stored)
          .as("what came of it is in %s", left)
          .isEqualTo(Files.readString(expected).strip());
    }
  }

  private static String refusal(byte[] received) {
    MessageRefused refused =
        catchThrowableOfType(MessageRefused.class, () -> GpMessages.stored(received));
    assertThat(refused).as("the refusal").isNotNull();
    return (refused.code() + " " + refused.location()).strip();
  }
}
