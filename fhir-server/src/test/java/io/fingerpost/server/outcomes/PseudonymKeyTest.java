package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymKeyTest {
  private final Path directory;

  PseudonymKeyTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void makesAKeyThatOnlyItsOwnerMayRead() throws IOException {
    Path file = directory.resolve("new/pseudonym.key");
    byte[] key = PseudonymKey.readOrMake(file);
    assertThat(key).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsTheKeyThatIsThere() throws IOException {
    Path file = directory.resolve("pseudonym.key");
    byte[] first = PseudonymKey.readOrMake(file);
    assertThat(PseudonymKey.readOrMake(file)).isEqualTo(first);
  }

  @Test
  void refusesAFileThatHoldsNoKey() throws IOException {
    Path file = Files.writeString(directory.resolve("pseudonym.key"), "short");
    assertThatThrownBy(() -> PseudonymKey.readOrMake(file)).hasMessageContaining("32 bytes");
    assertThat(file).hasContent("short");
  }
}
