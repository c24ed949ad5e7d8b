package io.fingerpost.profiles.matching;

import io.fingerpost.profiles.Profile;
import io.fingerpost.terminology.SystemUrl;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * The Task that asks whom a held message is about, written by whoever holds the message and read by
 * whoever lets a person decide.
 */
public final class MatchTask {

  private static final String SENT = "sent";
  private static final int SHORT = 16;

  private MatchTask() {}

  /**
   * @param message our id of the held message
   * @param sent the person as the message describes them; it is copied
   * @param known {@code Patient/<id>} of everybody known by the identifier
   */
  public static Task of(
      UUID message,
      Instant receivedAt,
      Patient sent,
      List<String> known,
      Collection<Difference> differences) {
    Task task = new Task();
    task.getMeta().addProfile(Profile.MATCH_TASK.url());
    String subject = subject(sent.getIdentifierFirstRep());
    task.addIdentifier()
        .setSystem(SystemUrl.HELD_MESSAGE.url())
        .setValue(message + "/" + subject.substring(0, SHORT));
    task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
    task.setCode(word("match-person"));
    task.setAuthoredOn(Date.from(receivedAt));
    Patient person = sent.copy();
    person.setId(SENT);
    person.setMeta(null);
    task.addContained(person);
    input(task, "sent-person").setValue(new Reference("#" + SENT));
    known.forEach(one -> input(task, "known-person").setValue(new Reference(one)));
    differences.forEach(
        one -> input(task, "difference").setValue(new CodeableConcept(one.toCoding())));
    if (known.size() == 1) {
      task.setFocus(new Reference(known.get(0)));
    }
    return task;
  }

  /** What names an identifier where the identifier itself is nobody's business. */
  public static String subject(Identifier identifier) {
    String name = identifier.getSystem() + "|" + identifier.getValue();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a Task asks whom a message is about, and is no referral's. */
  public static boolean is(Task task) {
    return task.getCode().hasCoding(SystemUrl.MATCHING.url(), "match-person");
  }

  /** Our id of the held message. */
  public static Optional<UUID> messageOf(Task task) {
    return task.getIdentifier().stream()
        .filter(identifier -> SystemUrl.HELD_MESSAGE.url().equals(identifier.getSystem()))
        .findFirst()
        .map(identifier -> UUID.fromString(identifier.getValue().split("/", 2)[0]));
  }

  public static Optional<Patient> sentIn(Task task) {
    return task.getContained().stream()
        .filter(Patient.class::isInstance)
        .map(Patient.class::cast)
        .findFirst();
  }

  /** {@code Patient/<id>} of everybody known by the identifier. */
  public static List<String> knownIn(Task task) {
    return task.getInput().stream()
        .filter(input -> isWord(input.getType(), "known-person"))
        .map(input -> (Reference) input.getValue())
        .map(known -> known.getReferenceElement().toUnqualifiedVersionless().getValue())
        .toList();
  }

  public static List<Difference> differencesIn(Task task) {
    return task.getInput().stream()
        .filter(input -> isWord(input.getType(), "difference"))
        .map(input -> ((CodeableConcept) input.getValue()).getCodingFirstRep().getCode())
        .flatMap(code -> Difference.of(code).stream())
        .toList();
  }

  /**
   * Writes what was decided.
   *
   * @param person {@code Patient/<id>} of the one it is the same as
   */
  public static void decide(Task task, MatchDecision decision, Optional<String> person) {
    task.setStatus(TaskStatus.COMPLETED);
    task.addOutput().setType(word("decision")).setValue(new CodeableConcept(decision.toCoding()));
    person.ifPresent(one -> task.addOutput().setType(word("person")).setValue(new Reference(one)));
  }

  public static Optional<MatchDecision> decisionIn(Task task) {
    return task.getOutput().stream()
        .filter(output -> isWord(output.getType(), "decision"))
        .map(output -> ((CodeableConcept) output.getValue()).getCodingFirstRep().getCode())
        .flatMap(code -> MatchDecision.of(code).stream())
        .findFirst();
  }

  /** Says on a referral's own Task what its sender has to hear: the number is not the person's. */
  public static void saysWrongNumber(Task referrals) {
    referrals
        .setStatusReason(new CodeableConcept(MatchDecision.WRONG_NUMBER.toCoding()))
        .getStatusReason()
        .setText(
            "The NHS number, or other number, this person was referred with is not theirs. Check it"
                + " in your records. The referral was taken up without it.");
  }

  /** Whether a referral's own Task says so. */
  public static boolean isWrongNumberSaidIn(Task referrals) {
    return referrals
        .getStatusReason()
        .hasCoding(SystemUrl.MATCHING.url(), MatchDecision.WRONG_NUMBER.code());
  }

  private static Task.ParameterComponent input(Task task, String word) {
    return task.addInput().setType(word(word));
  }

  private static CodeableConcept word(String code) {
    return new CodeableConcept(new Coding().setSystem(SystemUrl.MATCHING.url()).setCode(code));
  }

  private static boolean isWord(CodeableConcept concept, String code) {
    return concept.hasCoding(SystemUrl.MATCHING.url(), code);
  }
}
