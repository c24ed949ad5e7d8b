package io.fingerpost.routes.inbound.socialcare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.jspecify.annotations.Nullable;

/** A key of OpenPGP made for a test, and files sealed with such keys, well or badly. */
final class PgpMade {

  private static final char[] PASSPHRASE = "only for tests".toCharArray();

  private final PGPKeyPair pair;
  private final PGPSecretKeyRing ring;

  private PgpMade(PGPKeyPair pair, PGPSecretKeyRing ring) {
    this.pair = pair;
    this.ring = ring;
  }

  static PgpMade key() {
    return key(0);
  }

  /**
   * @param validSeconds from a day ago on; 0 for ever
   */
  static PgpMade key(long validSeconds) {
    try {
      RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
      generator.init(
          new RSAKeyGenerationParameters(BigInteger.valueOf(65537), new SecureRandom(), 2048, 12));
      Date yesterday = Date.from(Instant.now().minusSeconds(86_400));
      PGPKeyPair pair =
          new BcPGPKeyPair(
              PublicKeyPacket.VERSION_4,
              PublicKeyAlgorithmTags.RSA_GENERAL,
              generator.generateKeyPair(),
              yesterday);
      PGPDigestCalculator sha1 = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1);
      PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
      if (validSeconds > 0) {
        hashed.setKeyExpirationTime(false, validSeconds);
      }
      PGPSecretKeyRing ring =
          new PGPKeyRingGenerator(
                  PGPSignature.POSITIVE_CERTIFICATION,
                  pair,
                  "Made up <nobody@example.org>",
                  sha1,
                  hashed.generate(),
                  null,
                  new BcPGPContentSignerBuilder(
                      PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                  new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256, sha1)
                      .build(PASSPHRASE))
              .generateSecretKeyRing();
      return new PgpMade(pair, ring);
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  static String passphrase() {
    return new String(PASSPHRASE);
  }

  Path writeSecret(Path file) throws IOException {
    return armoured(file, ring.getEncoded());
  }

  Path writePublic(Path file) throws IOException {
    return armoured(file, publicRing());
  }

  private byte[] publicRing() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ring.toCertificate().encode(out);
    return out.toByteArray();
  }

  private static Path armoured(Path file, byte[] key) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream armour = ArmoredOutputStream.builder().build(out)) {
      armour.write(key);
    }
    return file;
  }

  /** How a file is sealed; begin with {@link #well} and spoil one thing. */
  record Sealing(
      PgpMade recipient, @Nullable PgpMade signer, int hash, boolean integrity, int layers) {

    static Sealing well(PgpMade recipient, PgpMade signer) {
      return new Sealing(recipient, signer, HashAlgorithmTags.SHA256, true, 1);
    }

    Sealing signedBy(@Nullable PgpMade other) {
      return new Sealing(recipient, other, hash, integrity, layers);
    }

    Sealing to(PgpMade other) {
      return new Sealing(other, signer, hash, integrity, layers);
    }

    Sealing hashed(int other) {
      return new Sealing(recipient, signer, other, integrity, layers);
    }

    Sealing withoutIntegrity() {
      return new Sealing(recipient, signer, hash, false, layers);
    }

    Sealing inLayers(int many) {
      return new Sealing(recipient, signer, hash, integrity, many);
    }

    byte[] seal(byte[] content) {
      try {
        byte[] packets = signedLiteral(content);
        for (int layer = 0; layer < layers; layer++) {
          packets = compressed(packets);
        }
        return encrypted(packets);
      } catch (IOException | PGPException e) {
        throw new IllegalStateException(e);
      }
    }

    private byte[] signedLiteral(byte[] content) throws IOException, PGPException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PGPSignatureGenerator signature = null;
      if (signer != null) {
        signature =
            new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, hash),
                signer.pair.getPublicKey());
        signature.init(PGPSignature.BINARY_DOCUMENT, signer.pair.getPrivateKey());
        signature.generateOnePassVersion(false).encode(out);
      }
      try (OutputStream literal =
          new PGPLiteralDataGenerator()
              .open(out, PGPLiteralData.BINARY, "referrals.csv", content.length, new Date())) {
        literal.write(content);
      }
      if (signature != null) {
        signature.update(content);
        signature.generate().encode(out);
      }
      return out.toByteArray();
    }

    private static byte[] compressed(byte[] packets) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream packed =
          new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZLIB).open(out)) {
        packed.write(packets);
      }
      return out.toByteArray();
    }

    private byte[] encrypted(byte[] packets) throws IOException, PGPException {
      PGPEncryptedDataGenerator generator =
          new PGPEncryptedDataGenerator(
              new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                  .setWithIntegrityPacket(integrity));
      generator.addMethod(
          new BcPublicKeyKeyEncryptionMethodGenerator(recipient.pair.getPublicKey()));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream sealed = generator.open(out, packets.length)) {
        sealed.write(packets);
      }
      return out.toByteArray();
    }
  }
}
