package io.fingerpost.bench.demo;

import io.fingerpost.bench.partner.Server;

/** What to try on a server that is up. */
final class Addresses {

  private Addresses() {}

  static String of(Server server, Certificates certificates) {
    return """

        FHIR API         %1$s/fhir          (open: %1$s/fhir/metadata)
        Tokens           %1$s/oauth2/token  (keys of the demo clients: %2$s/keys)
        HL7 v2 by MLLP   localhost:%3$d, by TLS localhost:%4$d  (certificates: %2$s/keys/*.pem)
        Council files    %2$s/socialcare/inbox  (results: %2$s/socialcare/outbox)
        Console          %1$s/console
        Health, metrics  %1$s/actuator/health  %1$s/actuator/prometheus
        Log              %2$s/fingerpost.log

        Try, in another terminal:
          curl -s -H "Authorization: Bearer $(./fingerpost token demo-scheme)" %1$s/fhir/ServiceRequest
          curl -s -H "Authorization: Bearer $(./fingerpost token demo-hospital)" %1$s/fhir/Task
          curl -s -H "Authorization: Bearer $(./fingerpost token demo-operator)" %1$s/fhir/AuditEvent
          ./fingerpost extract --out outcomes --format csv

        Ctrl-C stops it. The next demo starts afresh."""
        .formatted(server.base(), server.data(), server.mllpPort(), certificates.port());
  }
}
