package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.socialcare.PgpMade.Sealing;
import io.fingerpost.routes.partners.FileSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes encrypted is read whole and proven before a word of it counts. */
class SealedContentTest {

  private static final PgpMade SCHEME = PgpMade.key();
  private static final PgpMade COUNCIL = PgpMade.key();
  private static final PgpMade STRANGER = PgpMade.key();
  private static final byte[] CONTENT =
      "reference,person_id,family_name\nWX-1,1,Tolliver\n"
          .repeat(50)
          .getBytes(StandardCharsets.UTF_8);
  private static final Sealing WELL = Sealing.well(SCHEME, COUNCIL);

  @TempDir private Path folder = Path.of("");
  private CouncilSettings settings;
  private List<Path> ofCouncil = List.of();

  @BeforeEach
  void writeKeys() throws IOException {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), PgpMade.passphrase());
    settings =
        WexcombeCouncil.settings(
            folder, SCHEME.writeSecret(folder.resolve("scheme.asc")), passphrase);
    ofCouncil = List.of(COUNCIL.writePublic(folder.resolve("council.asc")));
  }

  @Test
  void readsWhatIsSealedWell() throws IOException {
    assertThat(read(WELL.seal(CONTENT))).isEqualTo(new String(CONTENT, StandardCharsets.UTF_8));
    assertThat(read(WELL.inLayers(0).seal(CONTENT))).hasSize(CONTENT.length);
    assertThat(read(WELL.hashed(HashAlgorithmTags.SHA512).seal(CONTENT))).hasSize(CONTENT.length);
  }

  @Test
  void readsArmour() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream armour = ArmoredOutputStream.builder().build(out)) {
      armour.write(WELL.seal(CONTENT));
    }

    assertThat(read(out.toByteArray())).hasSize(CONTENT.length);
  }

  @Test
  void readsTheUnsignedOfACouncilWithoutARegisteredKey() throws IOException {
    ofCouncil = List.of();

    assertThat(read(WELL.signedBy(null).seal(CONTENT))).hasSize(CONTENT.length);
  }

  @Test
  void refusesWhatIsNotSigned() {
    refused(Code.SIGNATURE_INVALID, () -> read(WELL.signedBy(null).seal(CONTENT)));
  }

  @Test
  void refusesWhatSomebodyElseSigned() {
    refused(Code.SIGNATURE_INVALID, () -> read(WELL.signedBy(STRANGER).seal(CONTENT)));
  }

  @Test
  void refusesASignatureByAHashThatIsBroken() {
    refused(Code.SIGNATURE_INVALID, () -> read(WELL.hashed(HashAlgorithmTags.SHA1).seal(CONTENT)));
  }

  @Test
  void refusesASignatureOfAKeyThatHadRunOut() throws IOException {
    PgpMade old = PgpMade.key(3_600);
    ofCouncil = List.of(old.writePublic(folder.resolve("old.asc")));

    refused(Code.SIGNATURE_INVALID, () -> read(WELL.signedBy(old).seal(CONTENT)));
  }

  @Test
  void refusesAPlainFileOfACouncilThatSigns() {
    refused(Code.SIGNATURE_INVALID, () -> read(CONTENT, "referrals.csv"));
  }

  @Test
  void refusesWhatIsForSomebodyElse() {
    refused(Code.DECRYPTION_FAILED, () -> read(WELL.to(STRANGER).seal(CONTENT)));
  }

  @Test
  void refusesWhatHasNoIntegrityCheck() {
    refused(Code.DECRYPTION_FAILED, () -> read(WELL.withoutIntegrity().seal(CONTENT)));
  }

  @Test
  void refusesWhatIsNotEncryptedAtAll() {
    refused(Code.DECRYPTION_FAILED, () -> read(CONTENT));
    refused(Code.DECRYPTION_FAILED, () -> read(new byte[0]));
  }

  @Test
  void refusesPackingWithinPacking() {
    refused(Code.DECRYPTION_FAILED, () -> read(WELL.inLayers(2).seal(CONTENT)));
  }

  @Test
  void refusesWhatWasDamagedAnywhere() {
    byte[] whole = WELL.inLayers(0).seal(CONTENT);
    for (int at = 0; at < whole.length; at += 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x41;
      assertThatThrownBy(() -> read(damaged)).as("byte %d", at).isInstanceOf(MessageRefused.class);
    }
  }

  @Test
  void refusesWhatWasCutOffAnywhere() {
    byte[] whole = WELL.seal(CONTENT);
    for (int length = 0; length < whole.length; length += 13) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(MessageRefused.class);
    }
  }

  @Test
  void refusesABombBeforeItFillsTheMemory() {
    byte[] bomb = WELL.seal(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);

    refused(Code.MESSAGE_MALFORMED, () -> read(bomb));
    byte[] ofText = new byte[64 << 20];
    Arrays.fill(ofText, (byte) 'x');
    refused(Code.MESSAGE_TOO_LARGE, () -> read(WELL.seal(ofText)));
  }

  @Test
  void doesNotServeACouncilWhoseKeyCannotBeRead() throws IOException {
    Path none = Files.writeString(folder.resolve("none.asc"), "no key");

    assertThatThrownBy(() -> PgpKeys.read(settings, List.of(none)))
        .isInstanceOf(UnusableSettings.class);
    assertThatThrownBy(() -> PgpKeys.read(settings, List.of(folder.resolve("missing.asc"))))
        .isInstanceOf(UnusableSettings.class);
  }

  private static void refused(Code code, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            MessageRefused.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private String read(byte[] sealed) throws IOException {
    return read(sealed, "referrals.csv.pgp");
  }

  private String read(byte[] bytes, String name) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    ReceivedFile received =
        ReceivedFile.check(
            file,
            FileName.of(name),
            FileSettings.USUAL,
            PgpKeys.read(settings, ofCouncil),
            settings);
    StringWriter text = new StringWriter();
    try (Reader reader = received.open()) {
      reader.transferTo(text);
    }
    return text.toString();
  }
}
