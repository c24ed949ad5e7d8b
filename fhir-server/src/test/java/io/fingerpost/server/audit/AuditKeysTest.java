package io.fingerpost.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.fingerpost.server.audit.AuditKeys.Signed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditKeysTest {

  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final Path file;

  AuditKeysTest(@TempDir Path directory) {
    this.file = directory.resolve("new/audit.jwks");
  }

  @Test
  void makesKeysThatOnlyTheirOwnerMayRead() throws IOException {
    AuditKeys.load(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsTheKeysThatAreThere() {
    Signed signed = AuditKeys.load(file).sign(CONTENT);
    byte[] mac = AuditKeys.load(file).mac().doFinal(CONTENT);

    assertThat(AuditKeys.load(file).isSigned(CONTENT, signed)).isTrue();
    assertThat(AuditKeys.load(file).mac().doFinal(CONTENT)).isEqualTo(mac);
  }

  @Test
  void signsWithTheFirstPairAndStillVerifiesTheOthers() throws Exception {
    Signed before = AuditKeys.load(file).sign(CONTENT);
    List<JWK> keys = new ArrayList<>(JWKSet.load(file.toFile()).getKeys());
    keys.add(0, new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate());
    Files.writeString(file, new JWKSet(keys).toString(false));

    AuditKeys renewed = AuditKeys.load(file);
    assertThat(renewed.sign(CONTENT).keyId()).isNotEqualTo(before.keyId());
    assertThat(renewed.isSigned(CONTENT, before)).isTrue();
    assertThat(renewed.isSigned(CONTENT, new Signed("unknown", before.signature()))).isFalse();
  }

  @Test
  void refusesAFileWithoutThem() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"keys\":[]}");
    assertThatThrownBy(() -> AuditKeys.load(file)).hasMessageContaining("the audit keys");
    assertThat(file).hasContent("{\"keys\":[]}");
  }
}
