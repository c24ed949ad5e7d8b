package io.fingerpost.server.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/** A certificate authority of a test's own: nothing of it is ever in git. */
public final class Authority {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Issued self;

  /** A certificate with its key. */
  public record Issued(X509Certificate certificate, KeyPair keys) {

    /** As OpenSSL prints it. */
    public String fingerprint() {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    public Path writeCertificate(Path file) {
      return write(file, pem(certificate));
    }

    /** Certificate and key together, as PKCS#12. */
    public Path writeKeyStore(Path file, String password) {
      return stored(
          file,
          password,
          store ->
              store.setKeyEntry(
                  "own",
                  keys.getPrivate(),
                  password.toCharArray(),
                  new Certificate[] {certificate}));
    }

    public Path writeKey(Path file) {
      return write(file, pem(pkcs8(keys)));
    }
  }

  public Authority(String name) {
    KeyPair keys = ecKeys();
    this.self = issue("CN=" + name, keys, keys, "CN=" + name, Validity.NOW, true);
  }

  private record Validity(Instant from, Instant until) {
    static final Validity NOW =
        new Validity(
            Instant.now().minus(1, ChronoUnit.HOURS), Instant.now().plus(30, ChronoUnit.DAYS));
    static final Validity OVER =
        new Validity(
            Instant.now().minus(30, ChronoUnit.DAYS), Instant.now().minus(1, ChronoUnit.DAYS));
  }

  public Issued issue(String name) {
    return issue(name, ecKeys());
  }

  public Issued issue(String name, KeyPair keys) {
    return issue(
        "CN=" + name,
        keys,
        self.keys(),
        self.certificate().getSubjectX500Principal().getName(),
        Validity.NOW,
        false);
  }

  public Issued issueExpired(String name) {
    return issue(
        "CN=" + name,
        ecKeys(),
        self.keys(),
        self.certificate().getSubjectX500Principal().getName(),
        Validity.OVER,
        false);
  }

  public Path writeCertificate(Path file) {
    return self.writeCertificate(file);
  }

  /** This authority as one that is trusted, as PKCS#12. */
  public Path writeTrustStore(Path file, String password) {
    return stored(
        file, password, store -> store.setCertificateEntry("authority", self.certificate()));
  }

  /** What is put into a key store. */
  private interface Entry {
    void into(KeyStore store) throws GeneralSecurityException;
  }

  private static Path stored(Path file, String password, Entry entry) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      entry.into(store);
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, password.toCharArray());
      }
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How somebody sees the world who trusts this authority and shows that certificate, if any. */
  public SSLContext contextOf(@Nullable Issued shown) {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("authority", self.certificate());
      TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(trust);
      KeyManager[] keys = shown == null ? new KeyManager[0] : new KeyManager[] {new Shows(shown)};
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trustManagers.getTrustManagers(), RANDOM);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Shows its certificate whatever the other side asks for; the JDK's own would rather not. */
  private static final class Shows extends X509ExtendedKeyManager {

    private final Issued own;

    Shows(Issued own) {
      this.own = own;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return "own";
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return type.startsWith("EC") ? "own" : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal[] issuers, SSLEngine engine) {
      return type.startsWith("EC") ? "own" : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {own.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.keys().getPrivate();
    }
  }

  private static Issued issue(
      String name, KeyPair keys, KeyPair signer, String issuer, Validity validity, boolean ca) {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            new BigInteger(96, RANDOM),
            Date.from(validity.from()),
            Date.from(validity.until()),
            new X500Name(name),
            keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      if (!ca) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, name.substring(3))));
      }
      return new Issued(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))),
          keys);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ecKeys() {
    return keys("EC", 256);
  }

  static KeyPair rsaKeys() {
    return keys("RSA", 2048);
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static PemObject pkcs8(KeyPair keys) {
    return new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  static String pem(Object... content) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object one : content) {
        writer.writeObject(one);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
