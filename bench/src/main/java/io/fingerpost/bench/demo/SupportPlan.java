package io.fingerpost.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.bench.demo.Step.Seen;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.SchemeRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The support plan, and who may see it before, during and after the person's consent. */
final class SupportPlan {

  private static final String TITLE = "Getting out again";

  private final Scene scene;
  private final String person;

  SupportPlan(Scene scene) {
    this.scene = scene;
    this.person = scene.referredByHospital().given();
  }

  List<Step> beforeConsent() {
    return List.of(
        new Step("Wexcombe Connect", "writes a Goal and a support plan", this::writes),
        new Step(
            "St Aldhelm Hospital",
            "looks for the plan, nobody having asked " + person,
            () -> finds(DemoPartners.HOSPITAL, 0, 404)),
        new Step(
            "the operator",
            "asks why: $share-decision",
            () -> decision(false, "NO_CONSENT_ON_RECORD")));
  }

  List<Step> underConsent() {
    return List.of(
        new Step(
            "Wexcombe Connect",
            "records " + person + "'s consent: the hospital, for care",
            this::consents),
        new Step(
            "St Aldhelm Hospital",
            "looks for the plan by NHS number",
            () -> finds(DemoPartners.HOSPITAL, 1, 200)),
        new Step(
            "Wexcombe Homes",
            "looks for it too: the consent is not about them",
            () -> finds(DemoPartners.LANDLORD, 0, 404)),
        new Step(
            "Bramley Surgery",
            "looks for it too: the consent is not about them",
            () -> finds(DemoPartners.GP, 0, 404)),
        new Step("the operator", "asks why the hospital may", () -> decision(true, "PERMITTED")));
  }

  List<Step> afterWithdrawal() {
    return List.of(
        new Step("Wexcombe Connect", "records that " + person + " takes it back", this::withdraws),
        new Step(
            "St Aldhelm Hospital",
            "looks for the plan again",
            () -> finds(DemoPartners.HOSPITAL, 0, 404)),
        new Step("the operator", "asks why not any more", () -> decision(false, "WITHDRAWN")));
  }

  private Seen writes() {
    FhirApi scheme = scene.scheme();
    String patient = scene.of("hospital's patient");
    LocalDate today = LocalDate.now();
    String goal =
        scene.keepCreated("goal", scheme.post("Goal", SchemeRecords.goal(patient, today)));
    String plan =
        scene.keepCreated(
            "plan",
            scheme.post("CarePlan", SchemeRecords.supportPlan(TITLE, patient, goal, today)));
    Answer read = scheme.get(plan);
    return new Seen(
        "CarePlan %s · %s · %d activities"
            .formatted(read.at("/status"), read.at("/title"), read.json().path("activity").size()),
        read.at("/status").equals("active") && read.at("/goal/0/reference").equals(goal));
  }

  /** Searches for the plan by NHS number, and reads it by the id the demo happens to know. */
  private Seen finds(String client, int howMany, int status) {
    FhirApi api = scene.partners().as(client);
    List<JsonNode> plans =
        Scene.resources(
            api.get("CarePlan?patient.identifier=" + Scene.ofPerson(scene.referredByHospital())));
    Answer read = api.get(scene.of("plan"));
    String title = plans.isEmpty() ? "" : " (" + plans.get(0).path("title").asText() + ")";
    return new Seen(
        "search finds %d%s · read says %d".formatted(plans.size(), title, read.status()),
        plans.size() == howMany && read.status() == status);
  }

  private Seen consents() {
    String consent =
        scene.keepCreated(
            "consent",
            scene
                .scheme()
                .post(
                    "Consent",
                    SchemeRecords.consent(
                        scene.of("hospital's patient"), "Z9H01", "TREAT", Instant.now())));
    return status(consent, "active");
  }

  private Seen withdraws() {
    String consent = scene.of("consent");
    ObjectNode withdrawn = (ObjectNode) scene.scheme().get(consent).json();
    Answer updated = scene.scheme().put(consent, withdrawn.put("status", "inactive"));
    if (!updated.ok()) {
      return new Seen("HTTP " + updated.status() + " " + updated.at("/issue/0/diagnostics"), false);
    }
    return status(consent, "inactive");
  }

  private Seen status(String consent, String expected) {
    Answer read = scene.scheme().get(consent);
    return new Seen(
        "Consent " + read.at("/status") + ", version " + read.at("/meta/versionId"),
        read.at("/status").equals(expected));
  }

  private Seen decision(boolean permitted, String reason) {
    Answer answer =
        scene
            .partners()
            .as(DemoPartners.OPERATOR)
            .post(
                "$share-decision",
                """
                {"resourceType":"Parameters","parameter":[
                {"name":"organisation","valueString":"Z9H01"},
                {"name":"kind","valueString":"hospital"},
                {"name":"purpose","valueCode":"TREAT"},
                {"name":"resource","valueReference":{"reference":"%s"}}]}
                """
                    .formatted(scene.of("plan")));
    boolean said = false;
    String why = answer.at("/issue/0/diagnostics");
    for (JsonNode parameter : answer.json().path("parameter")) {
      switch (parameter.path("name").asText()) {
        case "permitted" -> said = parameter.path("valueBoolean").asBoolean();
        case "reason" -> why = parameter.at("/valueCoding/code").asText();
        default -> {}
      }
    }
    return new Seen((said ? "yes: " : "no: ") + why, said == permitted && why.equals(reason));
  }
}
