package io.fingerpost.bench.partner;

import io.fingerpost.bench.CommandFailed;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** A certificate with its private key. */
public record IssuedCertificate(X509Certificate certificate, PrivateKey key) {

  /** SHA-256 of the certificate, as a registry names it. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new CommandFailed("A certificate has no fingerprint.", e);
    }
  }

  /** Keeps it as {@code NAME.pem} and {@code NAME.key.pem}, the key for its owner alone. */
  public void write(Path directory, String name) {
    PemFiles.write(directory.resolve(name + ".pem"), certificate);
    PemFiles.writeForOwner(directory.resolve(name + ".key.pem"), key);
  }
}
