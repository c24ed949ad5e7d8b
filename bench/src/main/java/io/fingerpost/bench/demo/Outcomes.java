package io.fingerpost.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.bench.demo.Step.Seen;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.Person;
import io.fingerpost.bench.partner.SchemeRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the work came to: scores, who looked at what, and the tables a data team gets. */
final class Outcomes {

  private final Scene scene;

  Outcomes(Scene scene) {
    this.scene = scene;
  }

  List<Step> scores() {
    return List.of(
        new Step(
            "Wexcombe Connect",
            "scores life satisfaction, first and at the review",
            this::writesScores));
  }

  List<Step> tables() {
    return List.of(
        new Step("the operator", "reads who asked for what", this::readsAudit),
        new Step(
            "Wexcombe Connect", "records consent to quality improvement figures", this::consents),
        new Step("Wexcombe Insight", "pulls the referrals as CSV", () -> pulls("referral", 1)),
        new Step(
            "Wexcombe Insight",
            "pulls the wellbeing scores as CSV",
            () -> pulls("wellbeing_score", 2)));
  }

  private Seen writesScores() {
    FhirApi scheme = scene.scheme();
    String patient = scene.of("hospital's patient");
    String referral = scene.of("hospital's referral");
    Instant now = Instant.now();
    scene.keepCreated(
        "first score",
        scheme.post(
            "Observation",
            SchemeRecords.satisfaction(patient, referral, 3, now.minus(Duration.ofDays(84)))));
    scene.keepCreated(
        "second score",
        scheme.post("Observation", SchemeRecords.satisfaction(patient, referral, 7, now)));
    String scores =
        Scene.resources(scheme.get("Observation?patient=" + patient + "&_sort=date")).stream()
            .map(score -> score.path("valueInteger").asText())
            .collect(Collectors.joining(", then "));
    return new Seen("ONS4 satisfaction " + scores, scores.equals("3, then 7"));
  }

  private Seen consents() {
    String consent =
        scene.keepCreated(
            "secondary consent",
            scene
                .scheme()
                .post(
                    "Consent",
                    SchemeRecords.consent(
                        scene.of("hospital's patient"), "Z9A01", "HQUALIMP", Instant.now())));
    Answer read = scene.scheme().get(consent);
    return new Seen(
        "Consent %s, for %s".formatted(read.at("/status"), read.at("/provision/purpose/0/code")),
        read.at("/status").equals("active"));
  }

  private Seen readsAudit() {
    List<JsonNode> events =
        Scene.resources(
            scene
                .partners()
                .as(DemoPartners.OPERATOR)
                .get("AuditEvent?_count=200&patient=" + scene.of("hospital's patient")));
    Map<Boolean, Long> answers =
        events.stream()
            .collect(
                Collectors.partitioningBy(
                    event -> event.path("outcome").asText().equals("0"), Collectors.counting()));
    long yes = answers.getOrDefault(true, 0L);
    long no = answers.getOrDefault(false, 0L);
    return new Seen("AuditEvents: %d times yes, %d times no".formatted(yes, no), yes > 0 && no > 0);
  }

  private Seen pulls(String view, int atLeast) {
    Answer table = scene.partners().as(DemoPartners.ANALYST).getTable(view, "csv");
    long rows = table.text().lines().count() - 1;
    boolean namesNobody = namesNobody(table.text());
    return new Seen(
        table.status() == 200
            ? "%d row%s · %s"
                .formatted(
                    rows, rows == 1 ? "" : "s", namesNobody ? "no name, no NHS number" : "NAMES!")
            : "HTTP " + table.status() + " " + table.at("/issue/0/diagnostics"),
        table.status() == 200 && rows >= atLeast && namesNobody);
  }

  private boolean namesNobody(String table) {
    return List.of(
            scene.referredByHospital(),
            scene.referredByGp(),
            scene.referredByLandlord(),
            scene.whoAsksThemselves())
        .stream()
        .noneMatch(person -> isNamed(person, table));
  }

  private static boolean isNamed(Person person, String table) {
    String lower = table.toLowerCase(Locale.ROOT);
    return lower.contains(person.nhsNumber())
        || lower.contains(person.family().toLowerCase(Locale.ROOT))
        || lower.contains(person.born().toString());
  }
}
