package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/** The program is killed after a message was held, and again after it was decided on. */
final class HeldMessageAcrossKills implements PartAcrossKills {

  private final Program at;
  private final Person person = Person.next();
  private final String held = Hl7.referral("H2", person.bornOn("1947-08-02"));
  private String task = "";

  HeldMessageAcrossKills(Program at) {
    this.at = at;
  }

  @Override
  public void before() throws IOException {
    assertThat(answer(Hl7.referral("H1", person))).doesNotContain("PERSON_MISMATCH");
    assertThat(answer(held)).contains("MSA|AA|H2|PERSON_MISMATCH");
  }

  @Override
  public void up(int kill) throws IOException {
    if (kill == 0) {
      decide();
    } else if (kill == 1) {
      await().atMost(Duration.ofSeconds(60)).until(() -> referrals().size() == 2);
    }
  }

  private void decide() throws IOException {
    assertThat(answer(held)).contains("MSA|AA|H2|PERSON_MISMATCH");
    List<Task> asked =
        at.client("scheme").search(Task.class, "identifier=https://fingerpost.io/Id/held-message|");
    assertThat(asked).hasSize(1);
    assertThat(referrals()).hasSize(1);
    task = Records.referenceTo(asked.get(0));
    Answer decided =
        at.client("scheme")
            .send(
                "POST",
                "/fhir/" + task + "/$match-decision",
                """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "decision", "valueCode": "same"},
                  {"name": "reason", "valueString": "Seen with the person; decided by E. Weaver."}]}
                """);
    assertThat(decided.status()).as(decided.body()).isEqualTo(200);
  }

  @Override
  public void end() throws IOException {
    assertThat(answer(held)).contains("MSA|AA|H2\r");
    List<Patient> known =
        at.client("scheme").search(Patient.class, "identifier=" + person.identifier());
    assertThat(known).hasSize(1);
    assertThat(referrals())
        .hasSize(2)
        .extracting(referral -> referral.getSubject().getReference())
        .containsOnly(Records.referenceTo(known.get(0)));
    assertThat(at.client("scheme").search(Provenance.class, "target=" + task)).hasSize(1);
  }

  /** Its Task asked, and a Provenance says who decided. */
  @Override
  public Map<String, Integer> stored() {
    return Map.of("ServiceRequest", 2, "Task", 3, "Provenance", 3, "Consent", 2, "Patient", 1);
  }

  private String answer(String message) throws IOException {
    return MllpConnection.answer(at.mllpPort(), message);
  }

  private List<ServiceRequest> referrals() {
    return at.client("scheme")
        .search(ServiceRequest.class, "patient.identifier=" + person.identifier());
  }
}
