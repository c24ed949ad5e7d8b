package io.fingerpost.bench.partner;

import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** Writes certificates and keys as PEM. */
final class PemFiles {

  private PemFiles() {}

  static Path write(Path file, X509Certificate certificate) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(file, pem(certificate));
    } catch (IOException e) {
      throw new CommandFailed(file + " could not be written.", e);
    }
  }

  static void writeForOwner(Path file, PrivateKey key) {
    try {
      Keys.writeForOwner(file, pem(new PemObject("PRIVATE KEY", key.getEncoded())));
    } catch (IOException e) {
      throw new CommandFailed(file + " could not be written.", e);
    }
  }

  private static String pem(Object content) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(content);
    }
    return text.toString();
  }
}
