package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPMarker;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPOnePassSignature;
import org.bouncycastle.openpgp.PGPOnePassSignatureList;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is in an OpenPGP file (RFC 9580, or RFC 4880 as most write it): encrypted for one of our
 * keys with its integrity protected, at most one layer of compression, one literal, and a signature
 * of the sender's where the sender's key is known. Whether all that holds is certain at the end of
 * the stream and no sooner: nothing may come of its content before.
 */
final class SealedContent extends InputStream {

  private static final Set<Integer> HASHES =
      Set.of(
          HashAlgorithmTags.SHA256,
          HashAlgorithmTags.SHA384,
          HashAlgorithmTags.SHA512,
          HashAlgorithmTags.SHA3_256,
          HashAlgorithmTags.SHA3_512);

  private static final String SEAL_AGAIN =
      "The file is not encrypted for the scheme's present key, or was damaged or changed on its"
          + " way. Encrypt it for that key, with integrity protection, and send it again.";
  private static final String SIGN =
      "The file has to be signed with the key the scheme has registered for you, by SHA-256 or"
          + " better, and encrypted. Sign it so and send it again.";

  /** An integrity check is a few packets after the content; so much may follow it. */
  private static final int ROOM_FOR_PACKETS = 65_536;

  private final InputStream raw;
  private final PgpKeys keys;
  private final PGPPublicKeyEncryptedData encrypted;
  private final PGPObjectFactory packets;
  private final @Nullable PGPOnePassSignature onePass;
  private final @Nullable PGPPublicKey signer;
  private final InputStream literal;
  private boolean checked;

  private SealedContent(InputStream raw, PgpKeys keys, long most) throws IOException, PGPException {
    this.raw = raw;
    this.keys = keys;
    this.encrypted = encrypted(raw, keys);
    InputStream clear =
        encrypted.getDataStream(new BcPublicKeyDataDecryptorFactory(ourKey(encrypted, keys)));
    PGPObjectFactory factory = new BcPGPObjectFactory(new Limited(clear, most + ROOM_FOR_PACKETS));
    Object packet = factory.nextObject();
    if (packet instanceof PGPCompressedData compressed) {
      factory =
          new BcPGPObjectFactory(new Limited(compressed.getDataStream(), most + ROOM_FOR_PACKETS));
      packet = factory.nextObject();
    }
    PGPOnePassSignature known = null;
    PGPPublicKey knownBy = null;
    if (packet instanceof PGPOnePassSignatureList signatures) {
      for (int i = 0; i < signatures.size() && known == null; i++) {
        Optional<PGPPublicKey> key = keys.signing(signatures.get(i).getKeyID());
        if (key.isPresent()) {
          known = signatures.get(i);
          knownBy = key.get();
          known.init(new BcPGPContentVerifierBuilderProvider(), knownBy);
        }
      }
      packet = factory.nextObject();
    }
    if (!(packet instanceof PGPLiteralData content)) {
      throw unreadable();
    }
    if (known == null && keys.mustBeSigned()) {
      throw unsigned();
    }
    this.packets = factory;
    this.onePass = known;
    this.signer = knownBy;
    this.literal = content.getInputStream();
  }

  /**
   * @param most bytes it may unpack to
   * @throws MessageRefused here or while it is read, when the sender has to mend it
   */
  static InputStream open(InputStream raw, PgpKeys keys, long most) throws IOException {
    try {
      return new SealedContent(new FromDisk(raw), keys, most);
    } catch (UncheckedIOException | MessageRefused known) {
      raw.close();
      throw known;
    } catch (Limited.Exceeded e) {
      raw.close();
      throw e;
    } catch (IOException | PGPException | RuntimeException e) {
      raw.close();
      throw unreadable();
    }
  }

  private static PGPPublicKeyEncryptedData encrypted(InputStream raw, PgpKeys keys)
      throws IOException, PGPException {
    PGPObjectFactory outer = new BcPGPObjectFactory(PGPUtil.getDecoderStream(raw));
    Object packet = outer.nextObject();
    while (packet instanceof PGPMarker) {
      packet = outer.nextObject();
    }
    if (packet instanceof PGPEncryptedDataList recipients) {
      for (PGPEncryptedData recipient : recipients) {
        if (recipient instanceof PGPPublicKeyEncryptedData ours
            && ours.isIntegrityProtected()
            && keys.decrypting(ours.getKeyIdentifier().getKeyId()).isPresent()) {
          return ours;
        }
      }
    }
    throw unreadable();
  }

  private static PGPKeyPair ourKey(PGPPublicKeyEncryptedData encrypted, PgpKeys keys)
      throws PGPException {
    return keys.decrypting(encrypted.getKeyIdentifier().getKeyId())
        .orElseThrow(SealedContent::unreadable);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      int read = literal.read(into, offset, length);
      if (read < 0) {
        checkOnce();
      } else if (onePass != null) {
        onePass.update(into, offset, read);
      }
      return read;
    } catch (UncheckedIOException | MessageRefused known) {
      throw known;
    } catch (Limited.Exceeded e) {
      throw e;
    } catch (IOException | PGPException | RuntimeException e) {
      throw unreadable();
    }
  }

  private void checkOnce() throws IOException, PGPException {
    if (checked) {
      return;
    }
    Object packet = packets.nextObject();
    boolean signed = false;
    if (packet instanceof PGPSignatureList signatures) {
      signed = isSignedBySender(signatures);
      packet = packets.nextObject();
    }
    if (packet != null || !encrypted.verify()) {
      throw unreadable();
    }
    if (keys.mustBeSigned() && !signed) {
      throw unsigned();
    }
    checked = true;
  }

  private boolean isSignedBySender(PGPSignatureList signatures) throws PGPException {
    if (onePass == null || signer == null) {
      return false;
    }
    for (PGPSignature signature : signatures) {
      if (signature.getKeyID() == signer.getKeyID()) {
        return HASHES.contains(signature.getHashAlgorithm())
            && PgpKeys.heldAt(signer, signature.getCreationTime())
            && onePass.verify(signature);
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  static MessageRefused unsigned() {
    return new MessageRefused(Code.SIGNATURE_INVALID, "file", SIGN);
  }

  private static MessageRefused unreadable() {
    return new MessageRefused(Code.DECRYPTION_FAILED, "file", SEAL_AGAIN);
  }

  /** A disk that fails is no fault of the sender's. */
  private static final class FromDisk extends FilterInputStream {

    FromDisk(InputStream in) {
      super(new BufferedInputStream(in));
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      try {
        return super.read(into, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
