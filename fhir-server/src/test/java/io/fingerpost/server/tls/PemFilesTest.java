package io.fingerpost.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fingerpost.server.tls.Authority.Issued;
import io.fingerpost.server.tls.TlsUnusable.Code;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;

class PemFilesTest {

  private static final String SECRET = "correct horse";
  private static final ASN1ObjectIdentifier P_256 = SECObjectIdentifiers.secp256r1;

  private final Authority authority = new Authority("Wexcombe test authority");

  private final Path folder;

  PemFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** How a private key may be written. */
  enum Form {
    PKCS8_RSA,
    PKCS8_EC,
    PKCS1,
    SEC1,
    SEC1_WITH_PARAMETERS,
    PKCS8_LOCKED,
    PKCS1_LOCKED;

    boolean isLocked() {
      return name().endsWith("LOCKED");
    }

    KeyPair keys() {
      return this == PKCS8_EC || name().startsWith("SEC1")
          ? Authority.ecKeys()
          : Authority.rsaKeys();
    }

    String pem(KeyPair keys) throws Exception {
      return switch (this) {
        case PKCS8_RSA, PKCS8_EC -> Authority.pem(Authority.pkcs8(keys));
        case PKCS1 -> Authority.pem(keys.getPrivate());
        case SEC1 -> Authority.pem(sec1(keys));
        case SEC1_WITH_PARAMETERS ->
            Authority.pem(new PemObject("EC PARAMETERS", P_256.getEncoded()), sec1(keys));
        case PKCS8_LOCKED ->
            Authority.pem(
                new JcaPKCS8Generator(
                    keys.getPrivate(),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setPRF(PKCS8Generator.PRF_HMACSHA256)
                        .setPassword(SECRET.toCharArray())
                        .setProvider(new BouncyCastleProvider())
                        .build()));
        case PKCS1_LOCKED ->
            Authority.pem(
                new JcaMiscPEMGenerator(
                    keys.getPrivate(),
                    new JcePEMEncryptorBuilder("AES-256-CBC")
                        .setProvider(new BouncyCastleProvider())
                        .setSecureRandom(new SecureRandom())
                        .build(SECRET.toCharArray())));
      };
    }

    /** As OpenSSL writes it, with its curve within; Bouncy Castle leaves that out. */
    private static PemObject sec1(KeyPair keys) throws IOException {
      BigInteger secret = ((ECPrivateKey) keys.getPrivate()).getS();
      return new PemObject(
          "EC PRIVATE KEY",
          new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, P_256).getEncoded());
    }
  }

  static Stream<Form> locked() {
    return Stream.of(Form.values()).filter(Form::isLocked);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsAKeyOfEachForm(Form form) throws Exception {
    Issued own = authority.issue("localhost", form.keys());
    own.writeCertificate(folder.resolve("own.pem"));
    Authority.write(folder.resolve("own.key"), form.pem(own.keys()));
    Authority.write(folder.resolve("password"), SECRET + "\n");

    SslBundle bundle = read(settings(form.isLocked() ? "password" : null)).inbound();

    assertThat(bundle.getStores().getKeyStore().getCertificate("own")).isEqualTo(own.certificate());
    assertThat(bundle.getManagers().getKeyManagers()).isNotEmpty();
    assertThat(bundle.createSslContext().createSSLEngine()).isNotNull();
  }

  static Stream<Form> forms() {
    return Stream.of(Form.values());
  }

  @ParameterizedTest
  @MethodSource("locked")
  void refusesALockedKeyWithAnotherPasswordOrNone(Form form) throws Exception {
    Issued own = authority.issue("localhost", form.keys());
    own.writeCertificate(folder.resolve("own.pem"));
    Authority.write(folder.resolve("own.key"), form.pem(own.keys()));
    Authority.write(folder.resolve("password"), "wrong");

    assertRefused(() -> read(settings("password")), Code.TLS_KEY_LOCKED);
    assertRefused(() -> read(settings(null)), Code.TLS_KEY_LOCKED);
  }

  @Test
  void refusesAKeyOfAnotherCertificate() {
    authority.issue("localhost").writeCertificate(folder.resolve("own.pem"));
    for (KeyPair other : List.of(Authority.ecKeys(), Authority.rsaKeys())) {
      Authority.write(folder.resolve("own.key"), Authority.pem(Authority.pkcs8(other)));

      assertRefused(() -> read(settings(null)), Code.TLS_KEY_MISMATCH);
    }
  }

  @Test
  void refusesACertificateThatIsOverOrHasNotBegun() {
    Issued over = authority.issueExpired("localhost");
    over.writeCertificate(folder.resolve("own.pem"));
    over.writeKey(folder.resolve("own.key"));
    assertRefused(() -> read(settings(null)), Code.TLS_CERTIFICATE_EXPIRED);

    Issued own = authority.issue("localhost");
    own.writeCertificate(folder.resolve("own.pem"));
    own.writeKey(folder.resolve("own.key"));
    assertRefused(
        () -> PemFiles.read(settings(null), Instant.now().minus(Duration.ofDays(1))),
        Code.TLS_CERTIFICATE_NOT_YET_VALID);
  }

  @Test
  void refusesFilesThatHoldSomethingElse() {
    Issued own = authority.issue("localhost");
    assertRefused(() -> read(settings(null)), Code.TLS_FILE_UNREADABLE);
    own.writeKey(folder.resolve("own.pem"));
    own.writeKey(folder.resolve("own.key"));
    assertRefused(() -> read(settings(null)), Code.TLS_CERTIFICATE_MISSING);
    own.writeCertificate(folder.resolve("own.pem"));
    own.writeCertificate(folder.resolve("own.key"));
    assertRefused(() -> read(settings(null)), Code.TLS_KEY_MISSING);
    Authority.write(
        folder.resolve("own.key"),
        "-----BEGIN PRIVATE KEY-----\nbm8=\n-----END PRIVATE KEY-----\n");
    assertRefused(() -> read(settings(null)), Code.TLS_FILE_UNREADABLE);
  }

  @Test
  void refusesACertificateWithoutAKey() {
    TlsSettings half =
        new TlsSettings(folder.resolve("own.pem"), null, null, null, null, Duration.ofSeconds(30));
    assertRefused(() -> read(half), Code.TLS_SETTING_MISSING);
  }

  @Test
  void trustsAuthoritiesAlone() {
    authority.issue("partner").writeCertificate(folder.resolve("trust.pem"));
    assertRefused(() -> read(trusting()), Code.TLS_TRUST_NOT_AN_AUTHORITY);

    authority.writeCertificate(folder.resolve("trust.pem"));
    PemFiles files = read(trusting());
    assertThat(files.inbound().getStores().getTrustStore()).isNotNull();
    assertThat(files.outbound().getStores().getTrustStore()).isNull();
  }

  @Test
  void givesANewCertificateOnceItsFilesHaveChangedAndKeepsTheOldOneWhenTheyAreNoGood()
      throws IOException {
    Issued first = authority.issue("localhost");
    first.writeCertificate(folder.resolve("own.pem"));
    first.writeKey(folder.resolve("own.key"));
    DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
    TlsBundles bundles = new TlsBundles(settings(null), Clock.systemUTC());
    bundles.registerBundles(registry);
    List<SslBundle> given = new ArrayList<>();
    registry.addBundleUpdateHandler(TlsBundles.INBOUND, given::add);

    bundles.readAgainIfChanged();
    assertThat(given).isEmpty();

    Issued second = authority.issue("localhost");
    second.writeCertificate(folder.resolve("own.pem"));
    touch("own.pem", 1);
    bundles.readAgainIfChanged();
    assertThat(given).as("its key is not there yet").isEmpty();

    second.writeKey(folder.resolve("own.key"));
    touch("own.key", 2);
    bundles.readAgainIfChanged();
    assertThat(given).hasSize(1);
    assertThat(registry.getBundle(TlsBundles.INBOUND).getStores().getKeyStore())
        .extracting(store -> certificate(store))
        .isEqualTo(second.certificate());
  }

  private static Object certificate(java.security.KeyStore store) {
    try {
      return store.getCertificate("own");
    } catch (java.security.KeyStoreException e) {
      throw new AssertionError(e);
    }
  }

  /** Two writes may fall into one tick of the file system's clock. */
  private void touch(String file, int seconds) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(file), FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private static PemFiles read(TlsSettings settings) {
    return PemFiles.read(settings, Instant.now());
  }

  private TlsSettings settings(@Nullable String password) {
    return new TlsSettings(
        folder.resolve("own.pem"),
        folder.resolve("own.key"),
        password == null ? null : folder.resolve(password),
        null,
        null,
        Duration.ofSeconds(30));
  }

  private TlsSettings trusting() {
    return new TlsSettings(
        null, null, null, folder.resolve("trust.pem"), null, Duration.ofSeconds(30));
  }

  private static void assertRefused(ThrowingCallable read, Code code) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            TlsUnusable.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageStartingWith(code.name())
        .hasMessageNotContaining(SECRET);
  }
}
