package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * Turns RF1, with the DG1, NTE and OBX beside it, into a ServiceRequest.
 *
 * <pre>
 * RF1|P|R|||O|REF-2026-001^ALDHELM|20260303101500|||LON^Lonely since bereavement^99SP
 * DG1|1||Z60.2^Living alone^I10
 * NTE|1||Prefers mornings.
 * </pre>
 */
final class RequestSegments {

  private static final String SOCIAL_PRESCRIBING_REFERRAL = "871731000000106";
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private final CodeTranslator codes;

  RequestSegments(CodeTranslator codes) {
    this.codes = codes;
  }

  ServiceRequest toServiceRequest(HospitalMessage sent, Hl7Header header, KeptMessage message) {
    Hl7Segment rf1 = rf1(sent);
    requireLive(rf1);
    ServiceRequest request = referral();
    request.addIdentifier(originatingId(rf1, message.sender()));
    type(rf1, message.sender()).ifPresent(request::addCategory);
    priority(rf1).ifPresent(request::setPriority);
    request.setAuthoredOnElement(authoredOn(rf1, header, message));
    addReasons(request, rf1, 10, message.sender());
    sent.all("DG1").forEach(dg1 -> addDiagnosis(request, dg1, message.sender()));
    sent.all("NTE").forEach(nte -> addNote(request, nte));
    sent.all("OBX").forEach(obx -> addFinding(request, obx));
    return request;
  }

  /** What every referral of a hospital has in common. */
  static ServiceRequest referral() {
    ServiceRequest request = new ServiceRequest();
    request.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
    request.addCategory(coded(SystemUrl.MESSAGE_CATEGORY, "referral"));
    request.setCode(referralToSocialPrescribing());
    return request;
  }

  /** RF1-6 of a message about a referral that was sent before. */
  Identifier originatingId(HospitalMessage sent, String sender) {
    return originatingId(rf1(sent), sender);
  }

  /** RF1-10, in words: why a referral is taken back. */
  Optional<String> reason(HospitalMessage sent, String sender) {
    return CodedField.concept(rf1(sent), 10, 1, sender)
        .map(
            reason ->
                reason.hasText() ? reason.getText() : reason.getCodingFirstRep().getDisplay());
  }

  private static Hl7Segment rf1(HospitalMessage sent) {
    return sent.only("RF1", "Send an RF1 segment: it is the referral.");
  }

  /**
   * RF1-1. A request that is rejected or has expired asks for nothing, so no work is made of it.
   */
  private void requireLive(Hl7Segment rf1) {
    Optional<String> status = rf1.text(1);
    if (status.isPresent()
        && codes
            .translate(CodeMap.REFERRAL_STATUS, status.get())
            .code()
            .filter("active"::equals)
            .isEmpty()) {
      throw MessageRefused.invalid(
          rf1.location(1),
          "Send a referral with status P or A of table 0283. To take one back, send REF^I14.");
    }
  }

  private static Identifier originatingId(Hl7Segment rf1, String sender) {
    String id =
        rf1.text(6)
            .orElseThrow(
                () ->
                    MessageRefused.missing(
                        rf1.location(6), "Send your own referral id: answers carry it."));
    return new Identifier()
        .setSystem(SystemUrl.REFERRAL_ID.url())
        .setValue(id)
        .setAssigner(new Reference().setIdentifier(new OdsCode(sender).toIdentifier()));
  }

  private Optional<ServiceRequestPriority> priority(Hl7Segment rf1) {
    return rf1.text(2)
        .map(
            sent ->
                codes
                    .translate(CodeMap.REFERRAL_PRIORITY, sent)
                    .code()
                    .map(ServiceRequestPriority::fromCode)
                    .orElseThrow(
                        () ->
                            MessageRefused.invalid(
                                rf1.location(2), "Send S, A or R of table 0280, or nothing.")));
  }

  /**
   * RF1-3: which kind of department is asked. No such kind is a category of ours, so it is kept as
   * it was sent, and as the sender's own where it is not of table 0281.
   */
  private Optional<CodeableConcept> type(Hl7Segment rf1, String sender) {
    return rf1.text(3)
        .flatMap(
            sent ->
                codes.translate(CodeMap.REFERRAL_TYPE, sent) instanceof Translation.Unmapped kept
                        && kept.deliberate()
                    ? Optional.of(new CodeableConcept().addCoding(kept.coding()))
                    : CodedField.concept(rf1, 3, 1, sender));
  }

  private static DateTimeType authoredOn(Hl7Segment rf1, Hl7Header header, KeptMessage message) {
    return Hl7Time.in(rf1, 7)
        .or(() -> Hl7Time.parse(header.time()))
        .orElseGet(() -> received(message))
        .toDateTime();
  }

  static Hl7Time received(KeptMessage message) {
    OffsetDateTime received = message.receivedAt().atZone(LONDON).toOffsetDateTime();
    return new Hl7Time(received.toLocalDate().toString(), Optional.of(received));
  }

  static void addReasons(ServiceRequest request, Hl7Segment segment, int field, String sender) {
    for (int repetition = 1; repetition <= segment.repetitions(field); repetition++) {
      CodedField.concept(segment, field, repetition, sender).ifPresent(request::addReasonCode);
    }
  }

  /** DG1-3, with DG1-4, its description, where DG1-3 has no text of its own. */
  static void addDiagnosis(ServiceRequest request, Hl7Segment dg1, String sender) {
    CodeableConcept diagnosis =
        CodedField.concept(dg1, 3, 1, sender).orElseGet(CodeableConcept::new);
    if (!diagnosis.hasText()) {
      dg1.prose(4, 1).ifPresent(diagnosis::setText);
    }
    if (!diagnosis.isEmpty()) {
      request.addReasonCode(diagnosis);
    }
  }

  private static void addNote(ServiceRequest request, Hl7Segment nte) {
    for (int repetition = 1; repetition <= nte.repetitions(3); repetition++) {
      nte.prose(3, repetition).ifPresent(text -> request.addNote().setText(text));
    }
  }

  /** {@code OBX|1|ST|LIVES^Lives alone||Yes||||||F}: read by a person, not scored by a machine. */
  static void addFinding(ServiceRequest request, Hl7Segment obx) {
    String what = obx.text(3, 1, 2).or(() -> obx.text(3)).orElse("Finding");
    String unit = obx.text(6).map(text -> " " + text).orElse("");
    for (int repetition = 1; repetition <= obx.repetitions(5); repetition++) {
      obx.prose(5, repetition)
          .ifPresent(value -> request.addNote().setText(what + ": " + value + unit));
    }
  }

  private static CodeableConcept referralToSocialPrescribing() {
    CodeableConcept code = coded(SystemUrl.SNOMED_CT, SOCIAL_PRESCRIBING_REFERRAL);
    code.getCodingFirstRep().setDisplay("Referral to social prescribing service");
    return code;
  }

  private static CodeableConcept coded(SystemUrl system, String code) {
    return new CodeableConcept().addCoding(new Coding().setSystem(system.url()).setCode(code));
  }
}
