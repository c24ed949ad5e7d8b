package io.fingerpost.bench.demo;

import io.fingerpost.bench.partner.CertificateAuthority;
import io.fingerpost.bench.partner.IssuedCertificate;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Who comes with which certificate in the demo, and the port of the server they are for. */
final class Certificates {

  private final CertificateAuthority authority = new CertificateAuthority();
  private final IssuedCertificate server = authority.issue("Wexcombe Connect");
  private final IssuedCertificate hospital = authority.issue("St Aldhelm Hospital");
  private final IssuedCertificate landlord = authority.issue("Wexcombe Homes");

  /** It says it is of the same authority. */
  private final IssuedCertificate forged = new CertificateAuthority().issue("St Aldhelm Hospital");

  private final Path directory;
  private final int port;

  private Certificates(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /**
   * Makes them and keeps those of the server and the hospital in files.
   *
   * @param port of MLLP over TLS
   */
  static Certificates make(Path directory, int port) {
    Certificates made = new Certificates(directory, port);
    made.authority.write(directory.resolve("authority.pem"));
    made.server.write(directory, "server");
    made.hospital.write(directory, "demo-hospital");
    return made;
  }

  /** What sets the server's end. */
  Map<String, String> environment() {
    String trusted = directory.resolve("authority.pem").toString();
    return Map.of(
        "FINGERPOST_TLS_CERTIFICATE", directory.resolve("server.pem").toString(),
        "FINGERPOST_TLS_KEY", directory.resolve("server.key.pem").toString(),
        "FINGERPOST_TLS_TRUST", trusted,
        "FINGERPOST_TLS_PARTNERTRUST", trusted,
        "FINGERPOST_MLLP_TLS_PORT", Integer.toString(port));
  }

  int port() {
    return port;
  }

  String fingerprintOfHospital() {
    return hospital.fingerprint();
  }

  SSLContext ofHospital() {
    return authority.contextOf(hospital);
  }

  SSLContext ofLandlord() {
    return authority.contextOf(landlord);
  }

  SSLContext ofForger() {
    return authority.contextOf(forged);
  }
}
