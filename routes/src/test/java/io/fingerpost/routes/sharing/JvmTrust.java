package io.fingerpost.routes.sharing;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;

/** For tests of gateways only: TLS as it is where nothing is set. */
public final class JvmTrust {

  private JvmTrust() {}

  public static PartnerTls tls() {
    return new PartnerTls(
        new DefaultSslBundleRegistry("fingerpost-outbound", SslBundle.systemDefault()));
  }
}
