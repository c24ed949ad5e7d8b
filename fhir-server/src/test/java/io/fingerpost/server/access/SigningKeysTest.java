package io.fingerpost.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

  private final Path folder;

  private final Now now = new Now();

  SigningKeysTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file() {
    return folder.resolve("token-signing.jwks");
  }

  private Path old() {
    return folder.resolve("token-signing.jwks.old");
  }

  private static List<JWK> all(SigningKeys keys) {
    return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), new SimpleSecurityContext());
  }

  @Test
  void makesAKeyForItsOwnerAlone() throws IOException {
    List<JWK> keys = all(new SigningKeys(file(), now));

    assertThat(keys).singleElement().satisfies(key -> assertThat(key.getKeyID()).isNotBlank());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void signsWithANewKeyOnceTheOldOneIsMovedAsideAndStillVerifiesByThat() throws IOException {
    SigningKeys here = new SigningKeys(file(), now);
    SigningKeys onAnotherNode = new SigningKeys(file(), now);
    JWK before = all(here).get(0);

    Files.move(file(), old());

    List<JWK> after = all(here);
    assertThat(after).hasSize(2).last().isEqualTo(before);
    assertThat(after.get(0)).isNotEqualTo(before);
    assertThat(all(onAnotherNode)).isEqualTo(after);
  }

  @Test
  void forgetsTheOldKeyOnceItsFileIsGone() throws IOException {
    SigningKeys keys = new SigningKeys(file(), now);
    JWK before = all(keys).get(0);
    Files.move(file(), old());
    assertThat(all(keys)).contains(before);

    Files.delete(old());

    assertThat(all(keys)).hasSize(1).doesNotContain(before);
  }

  @Test
  void goesOnWithTheKeysItHasWhileTheFileIsHalfWritten() throws IOException {
    SigningKeys keys = new SigningKeys(file(), now);
    List<JWK> before = all(keys);

    Files.writeString(file(), "{\"keys\":[");

    assertThat(all(keys)).isEqualTo(before);
  }

  @Test
  void doesNotStartOnWhatIsNoKeySet() throws IOException {
    Files.writeString(file(), "{}");

    assertThatThrownBy(() -> new SigningKeys(file(), now))
        .isInstanceOf(IllegalStateException.class);
  }
}
