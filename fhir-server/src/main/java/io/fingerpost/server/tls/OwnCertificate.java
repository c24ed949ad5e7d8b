package io.fingerpost.server.tls;

import io.fingerpost.server.tls.TlsUnusable.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate of ours with the ones above it and its private key, found fit to be shown.
 *
 * @param chain our own first
 */
record OwnCertificate(List<X509Certificate> chain, PrivateKey key) {

  private static final byte[] ANYTHING = "anything".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads and checks it.
   *
   * @throws TlsUnusable when it has ended or not begun, or when the key is another's
   */
  static OwnCertificate read(
      Path certificate, Path keyFile, Optional<Path> passwordFile, Instant now) {
    List<X509Certificate> chain = PemFile.read(certificate).certificates();
    for (X509Certificate one : chain) {
      requireValid(certificate, one, now);
    }
    PrivateKey key = PemFile.read(keyFile).privateKey(passwordFile);
    if (!belongTogether(chain.get(0).getPublicKey(), key)) {
      throw new TlsUnusable(
          Code.TLS_KEY_MISMATCH,
          keyFile,
          "Name the key of the first certificate in " + certificate + ".");
    }
    return new OwnCertificate(chain, key);
  }

  private static void requireValid(Path file, X509Certificate certificate, Instant now) {
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new TlsUnusable(
          Code.TLS_CERTIFICATE_EXPIRED,
          file,
          "Renew it: it ended at " + certificate.getNotAfter().toInstant() + ".");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new TlsUnusable(
          Code.TLS_CERTIFICATE_NOT_YET_VALID,
          file,
          "It begins at " + certificate.getNotBefore().toInstant() + "; is the clock right?");
    }
  }

  private static boolean belongTogether(PublicKey open, PrivateKey secret) {
    try {
      Signature signature = Signature.getInstance(algorithm(open));
      signature.initSign(secret);
      signature.update(ANYTHING);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(ANYTHING);
      return signature.verify(signed);
    } catch (GeneralSecurityException differentKinds) {
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
