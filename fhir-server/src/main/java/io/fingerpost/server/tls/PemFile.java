package io.fingerpost.server.tls;

import io.fingerpost.server.tls.TlsUnusable.Code;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** A PEM file, with certificates and private keys in every form OpenSSL writes them. */
final class PemFile {

  /** Only for unlocking keys: it is not registered, so that TLS itself stays the JDK's. */
  private static final BouncyCastleProvider UNLOCKING = new BouncyCastleProvider();

  private final Path file;
  private final List<Object> content;

  private PemFile(Path file, List<Object> content) {
    this.file = file;
    this.content = content;
  }

  static PemFile read(Path file) {
    List<Object> content = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        content.add(next);
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      throw unreadable(file);
    }
    return new PemFile(file, content);
  }

  /** In the order of the file, at least one. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    for (Object one : content) {
      if (one instanceof X509CertificateHolder holder) {
        try {
          certificates.add(converter.getCertificate(holder));
        } catch (CertificateException malformed) {
          throw unreadable(file);
        }
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsUnusable(
          Code.TLS_CERTIFICATE_MISSING, file, "Name a PEM file that holds a certificate.");
    }
    return certificates;
  }

  /** The first private key: PKCS#8, PKCS#1 or EC, locked or not. */
  PrivateKey privateKey(Optional<Path> passwordFile) {
    char[] password = passwordFile.map(PemFile::password).orElse(new char[0]);
    for (Object one : content) {
      try {
        Optional<PrivateKeyInfo> key = unlocked(one, password);
        if (key.isPresent()) {
          return new JcaPEMKeyConverter().getPrivateKey(key.get());
        }
      } catch (PEMException malformed) {
        throw unreadable(file);
      }
    }
    throw new TlsUnusable(Code.TLS_KEY_MISSING, file, "Name a PEM file that holds a private key.");
  }

  private Optional<PrivateKeyInfo> unlocked(Object one, char[] password) {
    try {
      if (one instanceof PrivateKeyInfo key) {
        return Optional.of(key);
      } else if (one instanceof PEMKeyPair pair) {
        return Optional.of(pair.getPrivateKeyInfo());
      } else if (one instanceof PEMEncryptedKeyPair locked) {
        PEMKeyPair pair =
            locked.decryptKeyPair(
                new JcePEMDecryptorProviderBuilder().setProvider(UNLOCKING).build(password));
        return Optional.of(pair.getPrivateKeyInfo());
      } else if (one instanceof PKCS8EncryptedPrivateKeyInfo locked) {
        return Optional.of(
            locked.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(UNLOCKING)
                    .build(password)));
      }
      return Optional.empty();
    } catch (IOException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException locked) {
      throw new TlsUnusable(
          Code.TLS_KEY_LOCKED,
          file,
          "The password is wrong or missing: put it alone into a file, and name that as"
              + " fingerpost.tls.password-file.");
    }
  }

  private static char[] password(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip().toCharArray();
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  private static TlsUnusable unreadable(Path file) {
    return new TlsUnusable(
        Code.TLS_FILE_UNREADABLE, file, "Name a PEM file this user may read and that is whole.");
  }
}
