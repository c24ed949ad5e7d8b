package io.fingerpost.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.bench.demo.Step.Seen;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.HousingReferrals;
import io.fingerpost.bench.partner.Person;
import io.fingerpost.bench.partner.ReferralForms;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How a landlord refers by JSON and hears back, and how somebody asks for themselves by a form. */
final class OpenChannels {

  private static final String MESSAGE = "https://fingerpost.io/Id/message";

  private final Scene scene;
  private final String key = UUID.randomUUID().toString();
  private final String form = UUID.randomUUID().toString();
  private final String referral;

  OpenChannels(Scene scene) {
    this.scene = scene;
    this.referral =
        HousingReferrals.referral(key.substring(0, 8), scene.referredByLandlord(), Instant.now());
  }

  List<Step> steps() {
    String tenant = scene.referredByLandlord().name();
    String asking = scene.whoAsksThemselves().name();
    return List.of(
        new Step("Wexcombe Homes", "JSON by HTTPS: " + tenant, this::landlordSends),
        new Step(
            "Wexcombe Connect",
            "reads that referral as FHIR",
            () -> stored("landlord", scene.referredByLandlord(), "Z9L01/" + key)),
        new Step("Wexcombe Homes", "the same again, under the same key", this::landlordRepeats),
        new Step("Wexcombe Homes", "a referral with several faults", this::landlordErrs),
        new Step("Wexcombe Connect", "accepts the landlord's referral", this::accepts),
        new Step("Wexcombe Homes", "asks how it stands", this::landlordAsks),
        new Step("Wexcombe Homes", "asks for a reference it was not given", this::landlordPries),
        new Step("a web form", asking + " asks for a link worker", this::formSends),
        new Step(
            "Wexcombe Connect",
            "reads that referral as FHIR",
            () ->
                stored(
                    "form",
                    scene.whoAsksThemselves(),
                    "Z9F01/https://ask.wexcombe.test/forms|" + form)),
        new Step("a web form", "tries to read it", this::formReads));
  }

  private Seen landlordSends() {
    Answer answer = landlord().refer(referral, key);
    scene.keep("landlord's reference", answer.at("/reference"));
    return new Seen(
        "HTTP %d · %s%s".formatted(answer.status(), shown(answer), answer.at("/errors/0/detail")),
        answer.status() == 202);
  }

  private Seen landlordRepeats() {
    Answer answer = landlord().refer(referral, key);
    int referrals =
        Scene.resources(
                scene.scheme().get("ServiceRequest?patient=" + scene.of("landlord's patient")))
            .size();
    return new Seen(
        "HTTP %d · %s · still %d referral".formatted(answer.status(), shown(answer), referrals),
        answer.status() == 202
            && answer.at("/reference").equals(scene.of("landlord's reference"))
            && referrals == 1);
  }

  private Seen landlordErrs() {
    Answer answer =
        landlord()
            .refer(
                referral
                    .replace("\"money\"", "\"gold\"")
                    .replace("\"ZZ99 3VZ\"", "\"Wexcombe\"")
                    .replace("\"referredAt\"", "\"sentAt\""),
                UUID.randomUUID().toString());
    int faults = answer.json().path("errors").size();
    return new Seen(
        "HTTP %d · %d faults, the first %s at %s"
            .formatted(
                answer.status(),
                faults,
                answer.at("/errors/0/code"),
                answer.at("/errors/0/pointer")),
        answer.status() == 400 && faults >= 3);
  }

  private Seen accepts() {
    String task = scene.of("landlord's task");
    ObjectNode accepted = (ObjectNode) scene.scheme().get(task).json();
    Answer updated = scene.scheme().put(task, accepted.put("status", "accepted"));
    return new Seen(
        "HTTP %d · Task %s".formatted(updated.status(), updated.at("/status")), updated.ok());
  }

  private Seen landlordAsks() {
    Answer answer = landlord().standing(scene.of("landlord's reference"));
    return new Seen(
        "HTTP %d · %s, and nothing else".formatted(answer.status(), answer.at("/state")),
        answer.status() == 200
            && answer.at("/state").equals("accepted")
            && answer.json().size() == 3);
  }

  private Seen landlordPries() {
    Answer answer = landlord().standing(UUID.randomUUID().toString());
    return new Seen("HTTP " + answer.status(), answer.status() == 404);
  }

  private Seen formSends() {
    Answer answer =
        webForm()
            .post(
                "QuestionnaireResponse/$refer",
                ReferralForms.filledIn(form, scene.whoAsksThemselves(), Instant.now()));
    return new Seen(
        "HTTP %d · %s %s%s"
            .formatted(
                answer.status(),
                answer.at("/parameter/0/name"),
                brief(answer.at("/parameter/0/valueString")),
                answer.at("/issue/0/diagnostics")),
        answer.status() == 200);
  }

  private Seen formReads() {
    Answer answer = webForm().get(scene.of("form's referral"));
    return new Seen(
        "HTTP %d · %s".formatted(answer.status(), answer.at("/issue/0/details/coding/0/code")),
        answer.status() == 403);
  }

  /** Found by the message it came with, as a link worker's system would find where it is from. */
  private Seen stored(String sender, Person person, String message) {
    FhirApi scheme = scene.scheme();
    JsonNode request =
        Scene.only(scheme.get("ServiceRequest?identifier=" + FhirApi.identifier(MESSAGE, message)));
    String referred = scene.keep(sender + "'s referral", Scene.referenceTo(request));
    String who = scene.keep(sender + "'s patient", request.at("/subject/reference").asText());
    JsonNode patient = scheme.get(who).json();
    JsonNode task = Scene.only(scheme.get("Task?focus=" + referred));
    scene.keep(sender + "'s task", Scene.referenceTo(task));
    Scene.only(scheme.get("Provenance?target=" + referred));
    return new Seen(
        "%s · referral %s · Task %s"
            .formatted(
                patient.at("/name/0/family").asText(),
                request.path("status").asText(),
                task.path("status").asText()),
        patient.at("/name/0/family").asText().equals(person.family())
            && request.path("status").asText().equals("active"));
  }

  private static String shown(Answer answer) {
    return "reference " + brief(answer.at("/reference"));
  }

  private static String brief(String reference) {
    return reference.length() > 8 ? reference.substring(0, 8) + "…" : reference;
  }

  private FhirApi landlord() {
    return scene.partners().as(DemoPartners.LANDLORD);
  }

  private FhirApi webForm() {
    return scene.partners().as(DemoPartners.FORM);
  }
}
