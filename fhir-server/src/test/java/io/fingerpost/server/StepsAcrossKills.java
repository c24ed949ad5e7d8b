package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * At each kill one message stands at a step of its way, held there from outside by what the
 * database waits for. Which steps, and in which order, is chosen at random: three of them, or all.
 */
final class StepsAcrossKills implements PartAcrossKills {

  private static final boolean ALL = "all".equals(System.getProperty("kill.steps"));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLS = 3;

  /** Where a message can be when the program dies. */
  enum Step {
    /** Its frame is read, and nothing of it is kept. */
    RECEIVED,
    /** It is in the message log, and nothing of it is stored. */
    KEPT,
    /** Everything is written in a transaction that is open. */
    WRITTEN,
    /** The transaction is on disk, and the program does not know it. */
    COMMITTED,
    /** What became of it was sent to the partner, which has not said that it has it. */
    TOLD
  }

  private final Program at;
  private final List<Step> chosen;
  private final Person person = Person.next();
  private final HospitalListener hospital;
  private final List<Bystander> bystanders = new ArrayList<>();
  private String patient = "";
  private int waiting;
  private @Nullable MllpConnection connection;
  private Instant killedAt = Instant.EPOCH;

  StepsAcrossKills(Program at, int hospitalPort, Random random) throws IOException {
    this.at = at;
    this.hospital = HospitalListener.on(hospitalPort);
    List<Step> steps = new ArrayList<>(Arrays.asList(Step.values()));
    Collections.shuffle(steps, random);
    this.chosen = List.copyOf(ALL ? steps : steps.subList(0, KILLS));
  }

  /** A step for each kill. */
  List<Step> chosen() {
    return chosen;
  }

  @Override
  public void before() throws Exception {
    assertThat(Hl7.code(MllpConnection.answer(at.mllpPort(), Hl7.referral("S", person))))
        .isEqualTo("AA");
    patient =
        Records.referenceTo(
            at.client("scheme").search(Patient.class, "identifier=" + person.identifier()).get(0));
    lead(0);
  }

  /** Leads a message to its step, or, where everybody would have to wait there, to one before. */
  private void lead(int kill) throws IOException, SQLException {
    Step step = chosen.get(kill);
    if (step == Step.TOLD) {
      hospital.keepSilent(true);
      Task task =
          at.client("scheme").search(Task.class, "patient=" + patient).stream()
              .filter(one -> one.getStatus() == TaskStatus.REQUESTED)
              .findFirst()
              .orElseThrow();
      at.client("scheme").update(task.setStatus(TaskStatus.ACCEPTED));
      await().atMost(PATIENCE).until(() -> !hospital.received().isEmpty());
      return;
    }
    Bystander inTheWay = bystander().inTheWay();
    if (step == Step.RECEIVED) {
      inTheWay.run(
          """
          insert into fingerpost.message
            (id, sender, message_id, channel, received_at, body_sha256, state)
          values (?, 'Z9H01', ?, 'hospital-hl7v2', now(), '', 'received')
          """,
          UUID.randomUUID(),
          id(kill));
    } else {
      inTheWay.run("select 1 from fingerpost.newest_message where subject = ? for update", patient);
    }
    connection = MllpConnection.to(at.mllpPort());
    connection.send(Hl7.referral(id(kill), person));
    waiting = awaitWaiting(inTheWay, "insert into fingerpost.");
  }

  @Override
  public void justBefore(int kill) throws Exception {
    Step step = chosen.get(kill);
    if (step == Step.WRITTEN || step == Step.COMMITTED) {
      Bystander held = bystanders.get(0);
      Bystander inTheWay = bystander().inTheWay();
      inTheWay.run("lock table fingerpost.message in share mode");
      held.letGo();
      int process = inTheWay.process();
      Bystander watching = bystander();
      await()
          .atMost(PATIENCE)
          .until(() -> watching.waitingFor(process, "update fingerpost.message").contains(waiting));
      if (step == Step.COMMITTED) {
        stopTellingCommits();
        inTheWay.letGo();
        await().atMost(PATIENCE).until(() -> watching.isCommitting(waiting));
      }
    }
    killedAt = Instant.now();
  }

  private int awaitWaiting(Bystander inTheWay, String statement) throws IOException, SQLException {
    int process = inTheWay.process();
    Bystander watching = bystander();
    return await()
        .atMost(PATIENCE)
        .until(() -> watching.waitingFor(process, statement), found -> !found.isEmpty())
        .get(0);
  }

  private void stopTellingCommits() throws IOException, SQLException {
    Bystander watching = bystander();
    watching.tellNoCommit();
    Bystander probe = bystander();
    int process = probe.process();
    probe.begin("select pg_logical_emit_message(true, 'probe', 'probe')");
    await().atMost(PATIENCE).until(() -> watching.isCommitting(process));
  }

  private Bystander bystander() throws IOException, SQLException {
    Bystander another = Bystander.in(at.data());
    bystanders.add(another);
    return another;
  }

  @Override
  public void down(int kill) throws IOException {
    MllpConnection sent = connection;
    if (sent != null) {
      assertThatThrownBy(sent::receive)
          .as("nothing was acknowledged")
          .isInstanceOf(IOException.class);
      sent.close();
      connection = null;
    }
    bystanders.forEach(Bystander::close);
    bystanders.clear();
    Bystander.tellCommitsAgain(at.data());
    hospital.keepSilent(false);
  }

  @Override
  public void up(int kill) throws Exception {
    if (chosen.get(kill) == Step.TOLD) {
      await().atMost(PATIENCE).until(() -> hospital.received().size() > 1);
    } else {
      requireWhatWasReached(kill);
      String answer = MllpConnection.answer(at.mllpPort(), Hl7.referral(id(kill), person));
      assertThat(answer).contains("MSA|AA|" + id(kill));
      assertThat(referrals(kill)).as("what is acknowledged is stored").hasSize(1);
    }
    if (kill + 1 < chosen.size()) {
      lead(kill + 1);
    }
  }

  /** Before it is sent again: but the program has taken up by itself what it had kept. */
  private void requireWhatWasReached(int kill) throws IOException, SQLException {
    Step step = chosen.get(kill);
    String log = "select state from fingerpost.message where message_id = ?";
    String before = log + " and state = 'stored' and settled_at < ?";
    Timestamp death = Timestamp.from(killedAt);
    try (Bystander watching = Bystander.in(at.data())) {
      assertThat(watching.ask(log, id(kill)))
          .as("kept: " + step)
          .hasSize(step == Step.RECEIVED ? 0 : 1);
      assertThat(watching.ask(before, id(kill), death))
          .as("stored before: " + step)
          .hasSize(step == Step.COMMITTED ? 1 : 0);
    }
  }

  @Override
  public void end() throws Exception {
    for (int kill = 0; kill < chosen.size(); kill++) {
      if (chosen.get(kill) != Step.TOLD) {
        assertThat(referrals(kill)).as("stored once: " + chosen.get(kill)).hasSize(1);
      }
    }
    try (Bystander watching = Bystander.in(at.data())) {
      assertThat(
              watching.ask(
                  "select message_id from fingerpost.message where sender = 'Z9H01'"
                      + " and state <> 'stored'"))
          .isEmpty();
      if (chosen.contains(Step.TOLD)) {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    watching
                        .ask("select state from fingerpost.outbox where subject = ?", patient)
                        .equals(List.of("delivered")));
        assertThat(new HashSet<>(hospital.received())).as("each time the same").hasSize(1);
      }
    }
    hospital.close();
  }

  @Override
  public Map<String, Integer> stored() {
    int messages = 1 + (int) chosen.stream().filter(step -> step != Step.TOLD).count();
    return Map.of(
        "ServiceRequest",
        messages,
        "Task",
        messages,
        "Provenance",
        messages,
        "Consent",
        messages,
        "Patient",
        1);
  }

  private List<ServiceRequest> referrals(int kill) {
    return at.client("scheme")
        .search(
            ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|Z9H01/" + id(kill));
  }

  private static String id(int kill) {
    return "S" + kill;
  }
}
