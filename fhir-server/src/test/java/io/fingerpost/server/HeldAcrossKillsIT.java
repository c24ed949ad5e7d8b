package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** The program is killed after a message was held, and again after it was decided on. */
@Order(Integer.MAX_VALUE)
class HeldAcrossKillsIT {

  private static final Path FOLDER = Path.of("target", "it-held").toAbsolutePath();

  private final Person person = Person.next();
  private final int httpPort = Wexcombe.freePort();
  private final int mllpPort = Wexcombe.freePort();

  @Test
  void asksOnceAndStoresOnce() throws IOException {
    FileSystemUtils.deleteRecursively(FOLDER);
    Registry registry =
        new Registry(FOLDER).scheme("scheme").hospital("hospital", "Z9H01", "ALDHELM", mllpPort);
    Killable program = Killable.start(FOLDER.resolve("data"), registry.write(), httpPort, mllpPort);
    ApiClient scheme =
        new ApiClient("http://localhost:" + httpPort, "scheme", registry.key("scheme"));
    try {
      String held = Hl7.referral("H2", person.bornOn("1947-08-02"));
      assertThat(answer(Hl7.referral("H1", person))).doesNotContain("PERSON_MISMATCH");
      assertThat(answer(held)).contains("MSA|AA|H2|PERSON_MISMATCH");
      program.killEverything();
      program.startAgain();

      assertThat(answer(held)).contains("MSA|AA|H2|PERSON_MISMATCH");
      List<Task> asked =
          scheme.search(Task.class, "identifier=https://fingerpost.io/Id/held-message|");
      assertThat(asked).hasSize(1);
      assertThat(referrals(scheme)).hasSize(1);
      String task = Records.referenceTo(asked.get(0));
      Answer decided =
          scheme.send(
              "POST",
              "/fhir/" + task + "/$match-decision",
              """
              {"resourceType": "Parameters", "parameter": [
                {"name": "decision", "valueCode": "same"},
                {"name": "reason", "valueString": "Seen with the person; decided by E. Weaver."}]}
              """);
      assertThat(decided.status()).as(decided.body()).isEqualTo(200);
      program.killEverything();
      program.startAgain();

      await().atMost(Duration.ofSeconds(60)).until(() -> referrals(scheme).size() == 2);
      assertThat(answer(held)).contains("MSA|AA|H2\r");
      assertThat(referrals(scheme))
          .hasSize(2)
          .extracting(referral -> referral.getSubject().getReference())
          .containsOnly(Records.referenceTo(scheme.search(Patient.class, "_count=10").get(0)));
      assertThat(scheme.search(Provenance.class, "target=" + task)).hasSize(1);
      assertThat(program.stop()).isTrue();
    } finally {
      program.killEverything();
    }
  }

  private String answer(String message) throws IOException {
    return MllpConnection.answer(mllpPort, message);
  }

  private static List<ServiceRequest> referrals(ApiClient scheme) {
    return scheme.search(ServiceRequest.class, "_count=100");
  }
}
