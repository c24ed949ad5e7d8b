package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.hospital.MllpTlsSettings.ClientCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * Our end of each TLS connection, with the certificate and the trust of the moment it begins at. It
 * remembers with the connection who came.
 */
@Component
final class TlsConnections {

  private static final Logger log = LoggerFactory.getLogger(TlsConnections.class);

  private static final String BUNDLE = "fingerpost-inbound";
  private static final AttributeKey<String> CERTIFICATE =
      AttributeKey.valueOf(TlsConnections.class, "certificate");

  private final MllpTlsSettings settings;
  private final MeterRegistry meters;
  private volatile @Nullable Ready ready;

  private record Ready(SSLContext context, String[] protocols, String[] ciphers) {}

  TlsConnections(MllpTlsSettings settings, SslBundles bundles, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
    if (settings.port() != null) {
      ready = ready(bundles.getBundle(BUNDLE));
      bundles.addBundleUpdateHandler(BUNDLE, renewed -> ready = ready(renewed));
    }
  }

  /** Empty where nobody is listened to by TLS. */
  Optional<Integer> port() {
    return Optional.ofNullable(settings.port());
  }

  private Ready ready(SslBundle bundle) {
    require(bundle.getStores().getKeyStore() != null, "certificate and .key");
    require(
        settings.clientCertificate() == ClientCertificate.NONE
            || bundle.getStores().getTrustStore() != null,
        "trust, or fingerpost.mllp.tls.client-certificate=none");
    return new Ready(
        bundle.createSslContext(),
        bundle.getOptions().getEnabledProtocols(),
        bundle.getOptions().getCiphers());
  }

  private static void require(boolean set, String setting) {
    if (!set) {
      throw new IllegalStateException(
          "TLS_SETTING_MISSING fingerpost.mllp.tls.port: set fingerpost.tls." + setting + " too.");
    }
  }

  /** For one connection that has just been opened. */
  SslHandler next() {
    Ready now = ready;
    if (now == null) {
      throw new IllegalStateException("nobody is listened to by TLS");
    }
    SSLEngine engine = now.context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(now.protocols());
    engine.setEnabledCipherSuites(now.ciphers());
    engine.setNeedClientAuth(settings.clientCertificate() == ClientCertificate.REQUIRED);
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeoutMillis(settings.handshakeTimeout().toMillis());
    handler
        .handshakeFuture()
        .addListener(
            shaken -> {
              if (shaken.isSuccess()) {
                remember((Channel) shaken.getNow(), engine);
              } else {
                tell(shaken.cause());
              }
            });
    return handler;
  }

  private void remember(Channel channel, SSLEngine engine) {
    count("done");
    try {
      byte[] certificate = engine.getSession().getPeerCertificates()[0].getEncoded();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
      channel.attr(CERTIFICATE).set(HexFormat.of().formatHex(digest));
    } catch (SSLPeerUnverifiedException noneShown) {
      // The registry says who may come without one.
    } catch (GeneralSecurityException e) {
      channel.close();
      tell(e);
    }
  }

  /** By kind only: the text of a cause may hold what the other side has sent. */
  private void tell(Throwable failure) {
    count("failed");
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // What only looks whether the port is open goes without a word.
    log.atLevel(root instanceof ClosedChannelException ? Level.DEBUG : Level.WARN)
        .log(
            "outcome=tls-refused cause={} channel={}",
            root.getClass().getSimpleName(),
            HospitalTranslator.CHANNEL);
  }

  private void count(String outcome) {
    meters.counter("fingerpost.mllp.handshakes", "outcome", outcome).increment();
  }

  /** SHA-256 fingerprint of the certificate shown on this connection. */
  static Optional<String> certificate(Channel channel) {
    return Optional.ofNullable(channel.attr(CERTIFICATE).get());
  }
}
