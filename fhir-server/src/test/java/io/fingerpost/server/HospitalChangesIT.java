package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.OPERATOR;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hospital changes by MLLP what it has said before: of referrals, of orders, of people. */
@OneServer
class HospitalChangesIT {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx").withZone(ZoneOffset.UTC);

  private Person person;
  private Instant noon;
  private String referral;

  @BeforeEach
  void agreeOnTheTime() {
    person = Person.next();
    noon = Instant.now().minus(Duration.ofHours(6));
    referral = "REF-" + Hl7.newControlId();
  }

  @Test
  void changesAReferralAndTakesItBackAndNothingOlderUndoesThat() throws IOException {
    assertThat(code(send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE))).isEqualTo("AA");

    assertThat(code(send("REF^I13", 20, rf1("S"), pid("2 Mill Lane"), "NTE|1||Owes rent.")))
        .isEqualTo("AA");
    ServiceRequest changed = onlyReferral();
    assertThat(changed.getPriority()).isEqualTo(ServiceRequestPriority.STAT);
    assertThat(changed.getNoteFirstRep().getText()).isEqualTo("Owes rent.");
    assertThat(onlyTask(changed).getPriority().toCode()).isEqualTo("stat");

    assertThat(code(send("REF^I13", 10, rf1("R"), pid("2 Mill Lane")))).isEqualTo("AA");
    assertThat(onlyReferral().getPriority()).isEqualTo(ServiceRequestPriority.STAT);

    assertThat(code(send("REF^I14", 30, rf1(""), pid("2 Mill Lane")))).isEqualTo("AA");
    ServiceRequest takenBack = onlyReferral();
    assertThat(takenBack.getStatus()).isEqualTo(ServiceRequestStatus.REVOKED);
    assertThat(onlyTask(takenBack).getStatus()).isEqualTo(TaskStatus.CANCELLED);

    String late = send("REF^I13", 40, rf1("R"), pid("2 Mill Lane"));
    assertThat(code(late)).as(late).isEqualTo("AE");
    assertThat(late).contains("REFERRAL_MOVE_ILLEGAL");
  }

  @Test
  void holdsACancellationThatOvertookItsReferral() throws IOException {
    String early = send("REF^I14", 30, rf1(""), pid("2 Mill Lane"));
    assertThat(early).contains("MSA|AE|", "REFERRAL_UNKNOWN");

    String late = send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);

    assertThat(late).contains("MSA|AE|", "REFERRAL_CANCELLED");
    assertThat(people(person)).isEmpty();
  }

  @Test
  void storesAReferralOnceThatIsSentAgainUnderAnotherControlId() throws IOException {
    send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);

    String again = send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);

    assertThat(again).contains("MSA|AE|", "REFERRAL_KNOWN");
    assertThat(referralsOf(onlyPatient(person))).hasSize(1);
  }

  @Test
  void leavesAReferralAloneThatIsAnotherPersons() throws IOException {
    send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);
    person = Person.next();

    String answer = send("REF^I14", 30, rf1(""), pid("2 Mill Lane"));

    assertThat(answer).contains("MSA|AE|", "PERSON_MISMATCH");
  }

  @Test
  void storesBothOrdersOfAMessageOnceAndTakesOneBack() throws IOException {
    String controlId = Hl7.newControlId();
    String message =
        message(
            "ORM^O01",
            controlId,
            0,
            pid("2 Mill Lane"),
            "ORC|NW|" + referral + "-1",
            "OBR|1|" + referral + "-1||^^^^IP CON SOCIAL PRESCRIBING",
            "NTE|1||Interpreter needed?->No",
            "ORC|NW|" + referral + "-2",
            "OBR|2|" + referral + "-2||CON255^Welfare advice^99EPIC",
            ACTIVE);
    String first = MllpConnection.answer(MLLP_PORT, message);
    assertThat(code(first)).as(first).isEqualTo("AA");
    assertThat(MllpConnection.answer(MLLP_PORT, message)).isEqualTo(first);
    List<ServiceRequest> stored = referralsOf(onlyPatient(person));
    assertThat(stored).hasSize(2).allMatch(it -> it.getStatus() == ServiceRequestStatus.ACTIVE);

    assertThat(
            code(
                send(
                    "ORM^O01",
                    10,
                    pid("2 Mill Lane"),
                    "ORC|OC|" + referral + "-1",
                    "OBR|1|" + referral + "-1")))
        .isEqualTo("AA");

    assertThat(referralsOf(onlyPatient(person)))
        .extracting(ServiceRequest::getStatus)
        .containsExactlyInAnyOrder(ServiceRequestStatus.REVOKED, ServiceRequestStatus.ACTIVE);
  }

  @Test
  void keepsWhatIsNewestOfAPersonWhicheverWayItComes() throws IOException {
    send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);

    try (MllpConnection one = MllpConnection.to(MLLP_PORT);
        MllpConnection other = MllpConnection.to(MLLP_PORT)) {
      one.send(message("ADT^A08", Hl7.newControlId(), 20, pid("9 High Street")));
      assertThat(code(one.receive())).isEqualTo("AA");
      other.send(message("ADT^A08", Hl7.newControlId(), 10, pid("5 Wrong Street")));
      assertThat(code(other.receive())).isEqualTo("AA");
      other.send(message("ADT^A31", Hl7.newControlId(), -10, pid("1 Old Street")));
      assertThat(code(other.receive())).isEqualTo("AA");
    }

    Patient known = onlyPatient(person);
    assertThat(known.getAddress())
        .extracting(address -> address.getLine().get(0).getValue())
        .containsExactly("9 High Street", "2 Mill Lane");
    assertThat(known.getAddress().get(1).getUse().toCode()).isEqualTo("old");
  }

  @Test
  void makesUpNobodyOfWhomItIsOnlyToldSomething() throws IOException {
    assertThat(code(send("ADT^A28", 0, pid("2 Mill Lane")))).isEqualTo("AA");

    assertThat(people(person)).isEmpty();
  }

  @Test
  void tellsTheSchemeOfADeathOnce() throws IOException {
    send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);
    String dead = pid("2 Mill Lane") + "|".repeat(18) + "20260303041500|Y";
    assertThat(code(send("ADT^A03", 10, dead))).isEqualTo("AA");
    assertThat(code(send("ADT^A08", 20, dead))).isEqualTo("AA");

    Patient known = onlyPatient(person);
    assertThat(known.getDeceasedDateTimeType().getValueAsString()).startsWith("2026-03-03T04:15");
    assertThat(notices(known, "death-reported")).hasSize(1);
  }

  @Test
  void doesNotChangeHowAPersonIsReachedWhoIsSafeOnlyOneWay() throws IOException {
    send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);
    Patient known = onlyPatient(person);
    ContactPoint safe = new ContactPoint().setValue("07700900199");
    safe.setSystem(ContactPoint.ContactPointSystem.PHONE).setUse(ContactPointUse.MOBILE);
    known.setTelecom(List.of(safe));
    Extension safely =
        known
            .addExtension()
            .setUrl("https://fingerpost.io/StructureDefinition/fingerpost-safe-contact");
    safely.addExtension("instruction", new StringType("Only this mobile, in the morning."));
    safely.addExtension("contact", safe.copy());
    safely.addExtension("leaveMessage", new BooleanType(false));
    SCHEME.update(known);

    // Written after the scheme's own hand was on it.
    noon = Instant.now().plusSeconds(120);
    assertThat(code(send("ADT^A08", 0, pid("9 High Street")))).isEqualTo("AA");

    Patient after = onlyPatient(person);
    assertThat(after.getTelecom())
        .extracting(ContactPoint::getValue)
        .containsExactly("07700900199");
    assertThat(after.getAddressFirstRep().getLine().get(0).getValue()).isEqualTo("2 Mill Lane");
    assertThat(notices(after, "contact-not-changed"))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told.getPayloadFirstRep().getContentStringType().getValue())
                    .contains("9 High Street"));
  }

  @Test
  void neverUndoesWhatTheSchemeWroteLater() throws IOException {
    send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);
    Patient known = onlyPatient(person);
    known.getAddressFirstRep().getLine().get(0).setValue("Where the link worker found them");
    SCHEME.update(known);

    assertThat(code(send("ADT^A08", 10, pid("9 High Street")))).isEqualTo("AA");

    assertThat(onlyPatient(person).getAddressFirstRep().getLine().get(0).getValue())
        .isEqualTo("Where the link worker found them");
  }

  @Test
  void mergesTwoRecordsOpensNothingByItAndCanBeUndone() throws IOException {
    send("REF^I12", 0, rf1("R"), pid("2 Mill Lane"), ACTIVE);
    Patient stays = onlyPatient(person);
    SCHEME.create(Records.consent(stays, "Z91001"));
    SCHEME.create(Records.plan(stays, "Of the one that stays"));
    Person surviving = person;
    // Of another family name and given name, what is sent under the old number would be held.
    person = Person.next().named(surviving.family());
    referral = "REF-" + Hl7.newControlId();
    send("REF^I12", 0, rf1("R"), pid("5 Other Street"), REFUSED);
    Patient goes = onlyPatient(person);
    SCHEME.create(Records.plan(goes, "Of the one that goes"));
    assertThat(plansSeenByGp(stays)).hasSize(1);
    assertThat(plansSeenByGp(goes)).isEmpty();
    Person replaced = person;
    person = surviving;

    String answer =
        send("ADT^A40", 20, pid("2 Mill Lane"), "MRG|" + replaced.nhsNumber() + "^^^NHS^NH");

    assertThat(code(answer)).as(answer).isEqualTo("AA");
    Patient old = SCHEME.get("/fhir/" + Records.referenceTo(goes)).resource(Patient.class);
    assertThat(old.getActive()).isFalse();
    assertThat(old.getLinkFirstRep().getType()).isEqualTo(LinkType.REPLACEDBY);
    assertThat(old.getLinkFirstRep().getOther().getReference())
        .isEqualTo(Records.referenceTo(stays));
    assertThat(referralsOf(stays)).hasSize(2);
    assertThat(referralsOf(goes)).isEmpty();
    assertThat(plansSeenByGp(stays)).isEmpty();
    assertThat(plansSeenByGp(goes)).isEmpty();
    assertThat(SCHEME.search(Consent.class, "patient=" + Records.referenceTo(stays)))
        .extracting(Consent::getStatus)
        .containsExactlyInAnyOrder(
            ConsentState.INACTIVE, ConsentState.INACTIVE, ConsentState.REJECTED);
    assertThat(notices(stays, "records-merged")).hasSize(1);

    // A number of the record that is gone leads to the one that stays.
    person = replaced;
    referral = "REF-" + Hl7.newControlId();
    assertThat(code(send("REF^I12", 30, rf1("R"), pid("5 Other Street"), ACTIVE))).isEqualTo("AA");
    assertThat(referralsOf(stays)).hasSize(3);

    String merge = mergeOf(stays);
    assertThat(SCHEME.send("POST", "/console/api/merges/" + merge + "/undo", "").status())
        .isEqualTo(403);
    assertThat(OPERATOR.send("POST", "/console/api/merges/" + merge + "/undo", "").status())
        .isEqualTo(200);
    assertThat(OPERATOR.send("POST", "/console/api/merges/" + merge + "/undo", "").status())
        .isEqualTo(409);
    Patient again = SCHEME.get("/fhir/" + Records.referenceTo(goes)).resource(Patient.class);
    assertThat(again.hasActive() && !again.getActive()).isFalse();
    assertThat(again.hasLink()).isFalse();
    assertThat(referralsOf(goes)).hasSize(1);
    assertThat(plansSeenByGp(goes)).isEmpty();
    assertThat(SCHEME.search(CarePlan.class, "patient=" + Records.referenceTo(goes)))
        .extracting(CarePlan::getTitle)
        .containsExactly("Of the one that goes");
  }

  @Test
  void answersABatchWithABatch() throws IOException {
    String good = Hl7.newControlId();
    String bad = Hl7.newControlId();
    String batch =
        "BHS|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101500||||B1\r"
            + message("REF^I12", good, 0, rf1("R"), pid("2 Mill Lane"), ACTIVE)
            + message("REF^I12", bad, 0, "RF1|P|R", pid("2 Mill Lane"), ACTIVE)
            + "BTS|2\r";

    String answer = MllpConnection.answer(MLLP_PORT, batch);

    assertThat(answer).startsWith("BHS|^~\\&|FINGERPOST|Z9S01|ALDHELM|Z9H01|");
    assertThat(answer).contains("MSA|AA|" + good, "MSA|AE|" + bad, "\rBTS|2");
    assertThat(referralsOf(onlyPatient(person))).hasSize(1);
  }

  @Test
  void answersInTheModeThatIsAskedFor() throws IOException {
    try (MllpConnection hospital = MllpConnection.to(MLLP_PORT)) {
      hospital.send(
          message("ADT^A08", Hl7.newControlId(), 0, pid("2 Mill Lane"))
              .replaceFirst("\\|P\\|2.5.1", "|P|2.5.1|||NE|NE"));
      String second = Hl7.newControlId();
      hospital.send(
          message("ADT^A08", second, 0, pid("2 Mill Lane"))
              .replaceFirst("\\|P\\|2.5.1", "|P|2.5.1|||AL|NE"));

      assertThat(hospital.receive()).contains("MSA|CA|" + second);
    }
  }

  private static final String ACTIVE = "CON|1|001|||||||||A||202603031000";
  private static final String REFUSED = "CON|1|001|||||||||R||202603031000";

  private String send(String type, int minutes, String... segments) throws IOException {
    return MllpConnection.answer(MLLP_PORT, message(type, Hl7.newControlId(), minutes, segments));
  }

  private String message(String type, String controlId, int minutes, String... segments) {
    return "MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|"
        + TIME.format(noon.plus(Duration.ofMinutes(minutes)))
        + "||"
        + type
        + "|"
        + controlId
        + "|P|2.5.1\r"
        + String.join("\r", segments)
        + "\r";
  }

  private String rf1(String priority) {
    return "RF1|P|" + priority + "||||" + referral;
  }

  /** As far as PID-11. */
  private String pid(String street) {
    return "PID|1||"
        + person.nhsNumber()
        + "^^^NHS^NH||"
        + person.family()
        + "^"
        + person.given()
        + "||"
        + person.birthDate().replace("-", "")
        + "|F|||"
        + street
        + "^^Wexcombe^^WX1 2AB";
  }

  private static String code(String answer) {
    return Hl7.code(answer);
  }

  private ServiceRequest onlyReferral() {
    List<ServiceRequest> found =
        SCHEME.search(
            ServiceRequest.class, "identifier=https://fingerpost.io/Id/referral|" + referral);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Task onlyTask(ServiceRequest request) {
    List<Task> found = SCHEME.search(Task.class, "focus=" + Records.referenceTo(request));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<Patient> people(Person person) {
    return SCHEME.search(Patient.class, "identifier=" + person.identifier());
  }

  private static Patient onlyPatient(Person person) {
    List<Patient> found = people(person);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<ServiceRequest> referralsOf(Patient patient) {
    return SCHEME.search(ServiceRequest.class, "patient=" + Records.referenceTo(patient));
  }

  private static List<CarePlan> plansSeenByGp(Patient patient) {
    return GP.search(CarePlan.class, "patient=" + Records.referenceTo(patient));
  }

  private static List<Communication> notices(Patient patient, String kind) {
    return SCHEME.search(Communication.class, "patient=" + Records.referenceTo(patient)).stream()
        .filter(told -> told.getCategoryFirstRep().getCodingFirstRep().getCode().equals(kind))
        .toList();
  }

  private static String mergeOf(Patient surviving) {
    for (JsonNode merge : OPERATOR.get("/console/api/merges").json()) {
      if (merge.path("surviving").asText().equals(Records.referenceTo(surviving))) {
        return merge.path("merge").asText();
      }
    }
    throw new AssertionError("no merge on record");
  }
}
