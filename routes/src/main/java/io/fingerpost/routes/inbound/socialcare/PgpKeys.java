package io.fingerpost.routes.inbound.socialcare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;

/** The keys one council's files are opened and their signatures checked with. */
final class PgpKeys {

  private final @Nullable BcPGPSecretKeyRingCollection ours;
  private final char[] passphrase;
  private final List<PGPPublicKeyRing> theirs;

  private PgpKeys(
      @Nullable BcPGPSecretKeyRingCollection ours,
      char[] passphrase,
      List<PGPPublicKeyRing> theirs) {
    this.ours = ours;
    this.passphrase = passphrase;
    this.theirs = theirs;
  }

  /**
   * @throws UnusableSettings when a file of keys is missing or holds none
   */
  static PgpKeys read(CouncilSettings settings, List<Path> ofSender) {
    Path secret = settings.pgpSecretKeyFile();
    Path passphrase = settings.pgpPassphraseFile();
    BcPGPSecretKeyRingCollection ours = null;
    char[] words = new char[0];
    try {
      if (secret != null) {
        try (InputStream in = PGPUtil.getDecoderStream(Files.newInputStream(secret))) {
          ours = new BcPGPSecretKeyRingCollection(in);
          if (ours.size() == 0) {
            throw new UnusableSettings("fingerpost.council.pgp-secret-key-file");
          }
        }
      }
      if (passphrase != null) {
        words = Files.readString(passphrase, StandardCharsets.UTF_8).strip().toCharArray();
      }
    } catch (IOException | PGPException | RuntimeException e) {
      throw new UnusableSettings("fingerpost.council.pgp-secret-key-file");
    }
    return new PgpKeys(ours, words, rings(ofSender));
  }

  private static List<PGPPublicKeyRing> rings(List<Path> files) {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = PGPUtil.getDecoderStream(Files.newInputStream(file))) {
        new BcPGPPublicKeyRingCollection(in).getKeyRings().forEachRemaining(rings::add);
      } catch (IOException | PGPException | RuntimeException e) {
        throw new UnusableSettings("files.pgp-keys");
      }
    }
    if (rings.isEmpty() && !files.isEmpty()) {
      throw new UnusableSettings("files.pgp-keys");
    }
    return rings;
  }

  boolean mustBeSigned() {
    return !theirs.isEmpty();
  }

  /** Ours with this id; empty where the file was encrypted for somebody else. */
  Optional<PGPKeyPair> decrypting(long keyId) throws PGPException {
    PGPSecretKey key = ours == null ? null : ours.getSecretKey(keyId);
    return key == null
        ? Optional.empty()
        : Optional.ofNullable(
            key.extractKeyPair(
                new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
                    .build(passphrase)));
  }

  /** The sender's with this id. */
  Optional<PGPPublicKey> signing(long keyId) {
    for (PGPPublicKeyRing ring : theirs) {
      PGPPublicKey key = ring.getPublicKey(keyId);
      if (key != null && !isRevoked(ring) && !key.hasRevocation()) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  private static boolean isRevoked(PGPPublicKeyRing ring) {
    Iterator<PGPPublicKey> keys = ring.getPublicKeys();
    while (keys.hasNext()) {
      PGPPublicKey key = keys.next();
      if (key.isMasterKey() && key.hasRevocation()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the key was in force when this was signed. */
  static boolean heldAt(PGPPublicKey key, Date signed) {
    long seconds = key.getValidSeconds();
    Date created = key.getCreationTime();
    return !signed.before(created)
        && (seconds == 0 || signed.getTime() <= created.getTime() + seconds * 1000);
  }
}
