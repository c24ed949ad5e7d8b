package io.fingerpost.server.audit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.fingerpost.server.storage.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The keys that prove the record unaltered: a secret for each event, and key pairs of which the
 * first signs blocks and the others still verify theirs.
 */
final class AuditKeys {

  private static final String SIGNATURE = "SHA256withECDSA";
  private static final String MAC = "HmacSHA256";

  private final SecretKey secret;
  private final List<ECKey> pairs;

  private AuditKeys(JWKSet set) {
    this.secret =
        set.getKeys().stream()
            .filter(OctetSequenceKey.class::isInstance)
            .map(key -> ((OctetSequenceKey) key).toSecretKey(MAC))
            .findFirst()
            .orElseThrow();
    this.pairs =
        set.getKeys().stream().filter(ECKey.class::isInstance).map(ECKey.class::cast).toList();
    pairs.stream().findFirst().orElseThrow();
  }

  /** The file is never replaced by one of ours. */
  static AuditKeys load(Path file) {
    try {
      if (Files.notExists(file)) {
        OwnerOnly.writeOnce(file, generate().toString(false).getBytes(StandardCharsets.UTF_8));
      }
      return new AuditKeys(JWKSet.load(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("the audit keys are not readable: " + file, e);
    } catch (ParseException | JOSEException | RuntimeException e) {
      throw new IllegalStateException("the audit keys are not a secret and a key pair: " + file, e);
    }
  }

  private static JWKSet generate() throws JOSEException {
    return new JWKSet(
        List.of(
            new OctetSequenceKeyGenerator(256).keyIDFromThumbprint(true).generate(),
            new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate()));
  }

  /** Computes the mac of one event after another. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no " + MAC, e);
    }
  }

  Signed sign(byte[] content) {
    ECKey pair = pairs.get(0);
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(pair.toECPrivateKey());
      signature.update(content);
      return new Signed(pair.getKeyID(), signature.sign());
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("the audit key does not sign", e);
    }
  }

  /** False, too, where the key is not ours. */
  boolean isSigned(byte[] content, Signed signed) {
    for (ECKey pair : pairs) {
      if (Objects.equals(pair.getKeyID(), signed.keyId())) {
        return isSigned(content, signed, pair);
      }
    }
    return false;
  }

  private static boolean isSigned(byte[] content, Signed signed, ECKey pair) {
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initVerify(pair.toECPublicKey());
      signature.update(content);
      return signature.verify(signed.signature());
    } catch (GeneralSecurityException | JOSEException e) {
      return false;
    }
  }

  /** A signature, and which key it was made with. */
  record Signed(String keyId, byte[] signature) {}
}
