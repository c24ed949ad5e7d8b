package io.fingerpost.server.tls;

import io.fingerpost.server.tls.TlsUnusable.Code;
import java.net.InetAddress;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Opens HTTPS on a port of its own, where one is set. The plain port is then for this machine
 * alone, unless {@code server.address} says otherwise.
 */
@Component
class HttpsPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final HttpsSettings settings;
  private final SslBundles bundles;

  HttpsPort(HttpsSettings settings, SslBundles bundles) {
    this.settings = settings;
    this.bundles = bundles;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (settings.port() == null) {
      return;
    }
    factory.addAdditionalTomcatConnectors(connector(settings.port()));
    if (factory.getAddress() == null) {
      factory.setAddress(InetAddress.getLoopbackAddress());
    }
  }

  private Connector connector(int port) {
    Http11NioProtocol protocol = new Http11NioProtocol(new HttpsEndpoint());
    protocol.setSSLEnabled(true);
    protocol.addSslHostConfig(host(bundles.getBundle(TlsBundles.INBOUND)));
    bundles.addBundleUpdateHandler(
        TlsBundles.INBOUND, renewed -> protocol.addSslHostConfig(host(renewed), true));
    Connector connector = new Connector(protocol);
    connector.setPort(port);
    connector.setScheme("https");
    connector.setSecure(true);
    return connector;
  }

  private static SSLHostConfig host(SslBundle bundle) {
    if (bundle.getStores().getKeyStore() == null) {
      throw new TlsUnusable(
          Code.TLS_SETTING_MISSING,
          "fingerpost.tls.certificate",
          "HTTPS needs a certificate and its key.");
    }
    SSLHostConfig host = new SSLHostConfig();
    host.setProtocols(String.join("+", bundle.getOptions().getEnabledProtocols()));
    host.setCiphers(String.join(":", bundle.getOptions().getCiphers()));
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystore(bundle.getStores().getKeyStore());
    certificate.setCertificateKeystorePassword(bundle.getStores().getKeyStorePassword());
    host.addCertificate(certificate);
    if (bundle.getStores().getTrustStore() != null) {
      host.setTrustStore(bundle.getStores().getTrustStore());
      // Asked for, and held to its authority where it is shown; who has to show one is the
      // registry's to say.
      host.setCertificateVerification("optional");
    }
    return host;
  }
}
