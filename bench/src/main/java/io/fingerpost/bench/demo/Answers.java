package io.fingerpost.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.bench.demo.Step.Seen;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.Hl7;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How referrers hear what became of their referrals, each in its own language. */
final class Answers {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scene scene;

  Answers(Scene scene) {
    this.scene = scene;
  }

  List<Step> steps() {
    return List.of(
        new Step("Wexcombe Connect", "accepts the hospital's referral", this::accepts),
        new Step("St Aldhelm Hospital", "(listens for HL7 v2 at its own address)", this::hospital),
        new Step("St Aldhelm Hospital", "reads its own referral back by FHIR", this::hospitalReads),
        new Step("Wexcombe Connect", "rejects the GP's: no capacity", this::rejects),
        new Step("Bramley Surgery", "(listens for FHIR messages at its own address)", this::gp));
  }

  private Seen accepts() {
    return decide("hospital's task", "accepted", "");
  }

  private Seen rejects() {
    return decide(
        "GP's task",
        "rejected",
        """
        {"coding":[{"system":"https://fhir.nhs.uk/CodeSystem/dos-rejected-reasons-bars","code":"22",
        "display":"Capacity"}],"text":"The walking groups are full until spring"}
        """);
  }

  private Seen decide(String name, String status, String reason) {
    String reference = scene.of(name);
    ObjectNode task = (ObjectNode) scene.scheme().get(reference).json();
    task.put("status", status);
    if (!reason.isEmpty()) {
      task.set("statusReason", json(reason));
    }
    Answer updated = scene.scheme().put(reference, task);
    Answer read = scene.scheme().get(reference);
    return new Seen(
        "HTTP %d · Task %s, version %s%s"
            .formatted(
                updated.status(),
                read.at("/status"),
                read.at("/meta/versionId"),
                updated.at("/issue/0/diagnostics")),
        updated.ok() && read.at("/status").equals(status));
  }

  private Seen hospital() throws InterruptedException {
    String referral = "REF-" + scene.of("hospital message");
    Optional<String> heard =
        scene
            .listeners()
            .hospital()
            .inbox()
            .await(message -> Hl7.component(message, "RF1", 6).equals(referral), PATIENCE);
    return heard
        .map(
            message ->
                new Seen(
                    "%s · RF1-1 %s · for %s"
                        .formatted(kind(message), Hl7.component(message, "RF1", 1), referral),
                    kind(message).equals("RRI^I12")
                        && Hl7.component(message, "RF1", 1).equals("A")))
        .orElse(nothing());
  }

  /** What one has sent one may see, and how it stands; no consent is needed for that. */
  private Seen hospitalReads() {
    FhirApi hospital = scene.partners().as(DemoPartners.HOSPITAL);
    Answer referral = hospital.get(scene.of("hospital's referral"));
    Answer task = hospital.get(scene.of("hospital's task"));
    return new Seen(
        "HTTP %d · referral %s · Task %s"
            .formatted(referral.status(), referral.at("/status"), task.at("/status")),
        referral.status() == 200 && task.at("/status").equals("accepted"));
  }

  /** MSH-9 without the name of the structure. */
  private static String kind(String message) {
    String[] parts = Hl7.field(message, "MSH", 9).split("\\^", -1);
    return parts.length < 2 ? parts[0] : parts[0] + "^" + parts[1];
  }

  private Seen gp() throws InterruptedException {
    Optional<String> heard =
        scene
            .listeners()
            .gp()
            .inbox()
            .await(message -> message.contains(scene.of("GP message")), PATIENCE);
    return heard.map(Answers::rejection).orElse(nothing());
  }

  private static Seen rejection(String message) {
    JsonNode bundle = json(message);
    String event = bundle.at("/entry/0/resource/eventCoding/code").asText();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      if (resource.path("resourceType").asText().equals("Task")) {
        String reason = resource.at("/statusReason/coding/0/code").asText();
        String status = resource.path("status").asText();
        return new Seen(
            "%s · Task %s, reason %s".formatted(event, status, reason),
            event.equals("servicerequest-response")
                && status.equals("rejected")
                && reason.equals("22"));
      }
    }
    return new Seen(event + " without a Task", false);
  }

  private static Seen nothing() {
    return new Seen("nothing heard within " + PATIENCE.toSeconds() + " s", false);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("not JSON", e);
    }
  }
}
