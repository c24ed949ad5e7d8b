package io.fingerpost.server.tls;

import io.fingerpost.server.tls.TlsUnusable.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/** What all files named in the settings say at one moment, as what TLS is made of. */
final class PemFiles {

  /** Only of this process's memory. */
  private static final String PASSWORD = "in-memory";

  /** The strongest first; all keep what was said secret when the key is lost later. */
  private static final SslOptions MODERN =
      SslOptions.of(
          new String[] {
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
          },
          new String[] {"TLSv1.3", "TLSv1.2"});

  private final @Nullable KeyStore own;
  private final @Nullable KeyStore trust;
  private final @Nullable KeyStore partnerTrust;

  private PemFiles(
      @Nullable KeyStore own, @Nullable KeyStore trust, @Nullable KeyStore partnerTrust) {
    this.own = own;
    this.trust = trust;
    this.partnerTrust = partnerTrust;
  }

  /**
   * @throws TlsUnusable when one of them cannot be used
   */
  static PemFiles read(TlsSettings settings, Instant now) {
    return new PemFiles(
        own(settings, now).map(PemFiles::keyStore).orElse(null),
        authorities(settings.trust()),
        authorities(settings.partnerTrust()));
  }

  /** For those who come to us. */
  SslBundle inbound() {
    return bundle(trust);
  }

  /** For those we go to. */
  SslBundle outbound() {
    return bundle(partnerTrust);
  }

  private SslBundle bundle(@Nullable KeyStore believed) {
    return SslBundle.of(
        SslStoreBundle.of(own, PASSWORD, believed), SslBundleKey.of(PASSWORD), MODERN);
  }

  private static Optional<OwnCertificate> own(TlsSettings settings, Instant now) {
    Path certificate = settings.certificate();
    Path key = settings.key();
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new TlsUnusable(
          Code.TLS_SETTING_MISSING,
          certificate == null ? "fingerpost.tls.certificate" : "fingerpost.tls.key",
          "Set both the certificate and its key, or neither.");
    }
    return Optional.of(
        OwnCertificate.read(certificate, key, Optional.ofNullable(settings.passwordFile()), now));
  }

  private static @Nullable KeyStore authorities(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    List<X509Certificate> certificates = PemFile.read(file).certificates();
    // The JDK does not look at the dates of a certificate that is trusted by itself.
    if (certificates.stream().anyMatch(one -> one.getBasicConstraints() < 0)) {
      throw new TlsUnusable(
          Code.TLS_TRUST_NOT_AN_AUTHORITY,
          file,
          "Keep authorities' certificates there alone; a partner's own belongs into the registry.");
    }
    KeyStore store = emptyStore();
    try {
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("authority-" + i, certificates.get(i));
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore keyStore(OwnCertificate certificate) {
    KeyStore store = emptyStore();
    try {
      store.setKeyEntry(
          "own",
          certificate.key(),
          PASSWORD.toCharArray(),
          certificate.chain().toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore emptyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
