package io.fingerpost.routes.sharing;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * Our side of TLS connections to partners: whose servers are believed, and the certificate we show
 * where one is asked for, as the files say at the moment.
 */
@Component
public final class PartnerTls {

  private static final String BUNDLE = "fingerpost-outbound";

  private volatile Current current;

  /**
   * @param parameters versions and ciphers, and that a server has to prove its name
   */
  public record Current(SSLContext context, SSLParameters parameters) {}

  public PartnerTls(SslBundles bundles) {
    this.current = of(bundles.getBundle(BUNDLE));
    bundles.addBundleUpdateHandler(BUNDLE, renewed -> current = of(renewed));
  }

  /** The same object until the files change. */
  public Current current() {
    return current;
  }

  private static Current of(SslBundle bundle) {
    SSLParameters parameters =
        new SSLParameters(
            bundle.getOptions().getCiphers(), bundle.getOptions().getEnabledProtocols());
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return new Current(bundle.createSslContext(), parameters);
  }
}
