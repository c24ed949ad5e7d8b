package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.hospital.MllpTlsSettings.ClientCertificate;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** St Aldhelm Hospital, made up, and the scheme it refers to. */
final class Aldhelm {

  static final Scheme SCHEME = new Scheme("Z9S01", "Wexcombe Connect");
  static final Instant NOW = Instant.parse("2026-03-03T10:15:01Z");
  static final PartnerRegistry PARTNERS =
      new PartnerRegistry(
          new PartnerSettings(
              SCHEME,
              List.of(
                  Partner.of("demo-hospital", "Z9H01", "St Aldhelm Hospital", Partner.Kind.HOSPITAL)
                      .hl7v2(new Partner.Hl7v2("ALDHELM", "Z9H01", null, List.of()))
                      .build())));

  private Aldhelm() {}

  static HospitalTranslator translator() {
    return new HospitalTranslator(PARTNERS, new CodeTranslator());
  }

  static HospitalSettings settings(int port) {
    return new HospitalSettings(port, 65_536, Duration.ofSeconds(2), 100, 4, Set.of("P"));
  }

  /** Nobody is listened to by TLS. */
  static TlsConnections noTls() {
    return new TlsConnections(
        new MllpTlsSettings(null, ClientCertificate.REQUIRED, Duration.ofSeconds(10)),
        new DefaultSslBundleRegistry(),
        new SimpleMeterRegistry());
  }

  static KeptMessage kept(byte[] body) {
    return new KeptMessage(
        UUID.fromString("8f14e45f-ceea-467a-9a36-0a1b2c3d4e5f"),
        "Z9H01",
        "A1",
        HospitalTranslator.CHANNEL,
        NOW,
        body);
  }

  /** A whole referral, as it goes over the wire. */
  static byte[] referral(String controlId) {
    return referral(controlId, "REF^I12^REF_I12", "P", "2.5.1");
  }

  static byte[] referral(String controlId, String type, String processingId, String version) {
    return ("MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101500||"
            + String.join("|", type, controlId, processingId, version)
            + "\rRF1|P|R||||REF-1\rPID|1||9990000018^^^NHS^NH||COX^Brian\r")
        .getBytes(StandardCharsets.UTF_8);
  }
}
