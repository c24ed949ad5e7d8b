package io.fingerpost.bench.demo;

import static io.fingerpost.bench.demo.Scene.only;
import static io.fingerpost.bench.demo.Scene.referenceTo;
import static io.fingerpost.bench.demo.Scene.resources;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.bench.demo.Step.Seen;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.GpMessages;
import io.fingerpost.bench.partner.Hl7;
import io.fingerpost.bench.partner.HospitalMessages;
import io.fingerpost.bench.partner.HospitalMessages.Said;
import io.fingerpost.bench.partner.MllpConnection;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Person;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/** How referrals come in, by the channels a hospital and a GP system have. */
final class Referrals {

  private final Scene scene;
  private final String hospitalId = "SP" + shortId();
  private final String gpId = UUID.randomUUID().toString();
  private final String hospitalMessage;
  private final String gpMessage;

  Referrals(Scene scene) {
    this.scene = scene;
    Instant now = Instant.now();
    this.hospitalMessage =
        HospitalMessages.referral(hospitalId, scene.referredByHospital(), Said.NOTHING, now)
            .replace("|ALDHELM|", "|ALDHELM-TLS|");
    this.gpMessage = GpMessages.referral(gpId, scene.referredByGp(), now);
    scene.keep("hospital message", hospitalId);
    scene.keep("GP message", gpId);
  }

  List<Step> steps() {
    String ada = scene.referredByHospital().name();
    String basil = scene.referredByGp().name();
    return List.of(
        new Step("St Aldhelm Hospital", "REF^I12 by MLLP and TLS: " + ada, this::hospitalSends),
        new Step("Wexcombe Connect", "reads that referral as FHIR", this::schemeReadsHospitals),
        new Step("Bramley Surgery", "FHIR message by HTTPS: " + basil, this::gpSends),
        new Step("Wexcombe Connect", "reads that referral as FHIR", this::schemeReadsGps),
        new Step("St Aldhelm Hospital", "the same message again", this::hospitalRepeats),
        new Step("Bramley Surgery", "the same message again", this::gpRepeats),
        new Step(
            "St Aldhelm Hospital", "REF^I12 by plain MLLP, mistyped NHS number", this::mistyped),
        new Step(
            "Wexcombe Homes",
            "the hospital's REF^I12, with its own certificate",
            () -> strangerSends(scene.certificates().ofLandlord())),
        new Step(
            "nobody we know",
            "the same, with a forged certificate of the hospital",
            this::forgerSends));
  }

  private Seen hospitalSends() throws IOException {
    return answered(exchange(scene.certificates().ofHospital()), "AA", hospitalId);
  }

  private Seen answered(String answer, String code, String id) {
    String given = Hl7.field(answer, "MSA", 1);
    return new Seen(
        given + " to " + Hl7.field(answer, "MSA", 2),
        given.equals(code) && Hl7.field(answer, "MSA", 2).equals(id));
  }

  private Seen schemeReadsHospitals() {
    return stored("hospital", scene.referredByHospital(), "on-hold", "Z9H01/" + hospitalId);
  }

  private Seen schemeReadsGps() {
    return stored("GP", scene.referredByGp(), "active", "Z91001/");
  }

  /** Patient, ServiceRequest, Task and Provenance, found as a link worker's system would. */
  private Seen stored(String sender, Person person, String status, String message) {
    FhirApi scheme = scene.scheme();
    JsonNode patient = only(scheme.get("Patient?identifier=" + Scene.ofPerson(person)));
    String who = scene.keep(sender + "'s patient", referenceTo(patient));
    JsonNode request = only(scheme.get("ServiceRequest?patient=" + who));
    String referral = scene.keep(sender + "'s referral", referenceTo(request));
    JsonNode task = only(scheme.get("Task?focus=" + referral));
    scene.keep(sender + "'s task", referenceTo(task));
    JsonNode provenance = only(scheme.get("Provenance?target=" + referral));
    String source = provenance.at("/entity/0/what/identifier/value").asText();
    String family = patient.at("/name/0/family").asText();
    return new Seen(
        "%s · referral %s · Task %s · from %s"
            .formatted(
                family,
                request.path("status").asText(),
                task.path("status").asText(),
                source.length() > 18 ? source.substring(0, 17) + "…" : source),
        family.toLowerCase(Locale.ROOT).equals(person.family().toLowerCase(Locale.ROOT))
            && request.path("status").asText().equals(status)
            && task.path("status").asText().equals("requested")
            && source.startsWith(message));
  }

  private Seen gpSends() {
    Answer answer = scene.partners().as(DemoPartners.GP).message(gpMessage);
    JsonNode header = answer.json().at("/entry/0/resource");
    String event = header.at("/eventCoding/code").asText();
    String code = header.at("/response/code").asText();
    return new Seen(
        "HTTP %d · %s · %s%s"
            .formatted(answer.status(), event, code, answer.at("/issue/0/diagnostics")),
        answer.status() == 200
            && event.equals("servicerequest-response")
            && code.equals("ok")
            && header.at("/response/identifier").asText().endsWith(gpId));
  }

  private Seen hospitalRepeats() throws IOException {
    Seen answer = answered(exchange(scene.certificates().ofHospital()), "AA", hospitalId);
    return stillOne(answer, "hospital");
  }

  private Seen gpRepeats() {
    Answer answer = scene.partners().as(DemoPartners.GP).message(gpMessage);
    String code = answer.at("/issue/0/code");
    return stillOne(
        new Seen(
            "HTTP " + answer.status() + " · " + code,
            answer.status() == 409 && code.equals("duplicate")),
        "GP");
  }

  private Seen stillOne(Seen answer, String sender) {
    int referrals =
        resources(scene.scheme().get("ServiceRequest?patient=" + scene.of(sender + "'s patient")))
            .size();
    return new Seen(
        answer.text() + " · still " + referrals + " referral", answer.asTold() && referrals == 1);
  }

  private Seen mistyped() throws IOException {
    Person real = scene.referredByHospital();
    String id = "SP" + shortId();
    String message =
        HospitalMessages.referral(id, real, Said.NOTHING, Instant.now())
            .replace(real.nhsNumber() + "^^^NHS", NhsNumbers.mistyped(real.nhsNumber()) + "^^^NHS");
    String answer = exchangePlainly(message);
    String code = Hl7.component(answer, "ERR", 5);
    return new Seen(
        "%s · %s at %s".formatted(Hl7.field(answer, "MSA", 1), code, Hl7.field(answer, "ERR", 2)),
        Hl7.field(answer, "MSA", 1).equals("AE") && code.equals("NHS_NUMBER_INVALID"));
  }

  /** The authority is the right one, and the certificate somebody else's. */
  private Seen strangerSends(SSLContext shown) throws IOException {
    String answer = exchange(shown);
    String code = Hl7.component(answer, "ERR", 5);
    return new Seen(
        Hl7.field(answer, "MSA", 1) + " · " + code,
        Hl7.field(answer, "MSA", 1).equals("AR") && code.equals("SENDER_UNKNOWN"));
  }

  private Seen forgerSends() {
    try {
      return new Seen(Hl7.field(exchange(scene.certificates().ofForger()), "MSA", 1), false);
    } catch (IOException refused) {
      return new Seen("no connection", true);
    }
  }

  /** What the hospital sends, by somebody. */
  private String exchange(SSLContext shown) throws IOException {
    try (MllpConnection connection = MllpConnection.open(scene.certificates().port(), shown)) {
      return connection.exchange(hospitalMessage);
    }
  }

  private String exchangePlainly(String message) throws IOException {
    try (MllpConnection connection = MllpConnection.open(scene.partners().server().mllpPort())) {
      return connection.exchange(message);
    }
  }

  private static String shortId() {
    return UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  }
}
