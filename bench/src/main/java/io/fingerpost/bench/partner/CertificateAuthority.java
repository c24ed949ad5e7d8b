package io.fingerpost.bench.partner;

import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the demo's own, made afresh each time; its key is never written anywhere. */
public final class CertificateAuthority {

  private static final String NAME = "CN=Authority of the Fingerpost demo";
  private static final Duration VALID = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSWORD = "in-memory".toCharArray();

  private final KeyPair keys = newKeys();
  private final X509Certificate certificate = sign(NAME, keys, true);

  /** Of somebody on this machine. */
  public IssuedCertificate issue(String name) {
    KeyPair own = newKeys();
    return new IssuedCertificate(sign("CN=" + name, own, false), own.getPrivate());
  }

  public Path write(Path file) {
    return PemFiles.write(file, certificate);
  }

  /** TLS as somebody speaks it who trusts this authority and shows that certificate. */
  public SSLContext contextOf(IssuedCertificate shown) {
    try {
      KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
      own.init(store(shown.certificate(), shown.key()), PASSWORD);
      KeyStore trust = emptyStore();
      trust.setCertificateEntry("authority", certificate);
      TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
      trusted.init(trust);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), RANDOM);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new CommandFailed("TLS could not be set up.", e);
    }
  }

  private static KeyStore store(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("own", key, PASSWORD, new Certificate[] {certificate});
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private X509Certificate sign(String subject, KeyPair own, boolean authority) {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(NAME),
            new BigInteger(96, RANDOM),
            Date.from(now.minus(Duration.ofMinutes(5))),
            Date.from(now.plus(VALID)),
            new X500Name(subject),
            own.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        GeneralName here = new GeneralName(GeneralName.dNSName, "localhost");
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(here));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new CommandFailed("No certificate could be made for " + subject + ".", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256, RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new CommandFailed("No keys could be made.", e);
    }
  }
}
