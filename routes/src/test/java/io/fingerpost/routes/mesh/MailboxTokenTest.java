package io.fingerpost.routes.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTokenTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-02T10:15:59Z"), ZoneOffset.UTC);

  private Path password;
  private Path key;

  @BeforeEach
  void writeSecrets(@TempDir Path folder) throws IOException {
    password = Files.writeString(folder.resolve("password"), "password\n");
    key = Files.writeString(folder.resolve("key"), "TestKey");
  }

  private MailboxToken token() {
    return new MailboxToken("X26ABC1", password, key, CLOCK);
  }

  /**
   * The hash was made with Python's {@code hmac.new(b"TestKey",
   * b"X26ABC1:2c001608-5f09-4840-9611-bea43e666a30:0:password:202603021015", "sha256")}.
   */
  @Test
  void isWhatMeshExpects() {
    assertThat(token().of("2c001608-5f09-4840-9611-bea43e666a30"))
        .isEqualTo(
            "NHSMESH X26ABC1:2c001608-5f09-4840-9611-bea43e666a30:0:202603021015:"
                + "44cdb512a905ad00bfb934599a84f6f952aa8796cd9feedb26634241773b54d7");
  }

  @Test
  void isAnotherEachTime() {
    MailboxToken token = token();

    assertThat(token.next()).isNotEqualTo(token.next());
  }

  @Test
  void takesARenewedPasswordAtOnce() throws IOException {
    MailboxToken token = token();
    String before = token.of("n");
    Files.writeString(password, "another");

    assertThat(token.of("n")).isNotEqualTo(before);
  }

  @Test
  void isNotMadeOfAnEmptyOrMissingSecret() throws IOException {
    Files.writeString(password, " \n");
    assertThatThrownBy(() -> token().next()).isInstanceOf(MeshUnreachable.class);

    Files.delete(password);
    assertThatThrownBy(() -> token().next())
        .isInstanceOf(MeshUnreachable.class)
        .hasMessageNotContaining(password.toString());
  }
}
