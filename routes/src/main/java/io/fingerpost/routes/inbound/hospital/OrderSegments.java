package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.jspecify.annotations.Nullable;

/**
 * Turns one consult order of a message, an ORC with what follows it, into a ServiceRequest. Epic
 * and others send the service asked for as text, and what the form asked as {@code
 * question->answer}.
 *
 * <pre>
 * ORC|NW|910001^ALDHELM||||||20260303101500|||3456789^DARWIN^Samuela^^^Dr^^^GMC
 * OBR|1|910001^ALDHELM||^^^^IP CON SOCIAL PRESCRIBING|||||||||Lives alone|||||||||||||||||1^^^^^R
 * NTE|1||What matters to the person?-&gt;Getting out again
 * </pre>
 */
final class OrderSegments {

  /** What is wanted with an order, by ORC-1, table 0119. */
  enum Control {
    NEW,
    CHANGED,
    CANCELLED
  }

  private static final Map<String, Control> CONTROLS =
      Map.of(
          "NW", Control.NEW,
          "XO", Control.CHANGED,
          "XX", Control.CHANGED,
          "CA", Control.CANCELLED,
          "OC", Control.CANCELLED,
          "DC", Control.CANCELLED,
          "OD", Control.CANCELLED);

  private static final String QUESTION_ENDS = "->";

  private final CodeTranslator codes;

  OrderSegments(CodeTranslator codes) {
    this.codes = codes;
  }

  Control control(HospitalMessage group) {
    Hl7Segment orc = orc(group);
    String code =
        orc.text(1)
            .orElseThrow(
                () -> MessageRefused.missing(orc.location(1), "Say what is wanted: NW, XO or CA."));
    Control control = CONTROLS.get(code);
    if (control == null) {
      throw MessageRefused.invalid(
          orc.location(1),
          "Send NW for a new order, XO or XX for a changed one, CA, OC, DC or OD for one that is no"
              + " longer wanted.");
    }
    return control;
  }

  /** ORC-2, which answers carry, or OBR-2. */
  Identifier placerNumber(HospitalMessage group, String sender) {
    Hl7Segment orc = orc(group);
    String number =
        orc.text(2)
            .or(() -> group.first("OBR").flatMap(obr -> obr.text(2)))
            .orElseThrow(
                () ->
                    MessageRefused.missing(
                        orc.location(2), "Send your own number of the order: answers carry it."));
    return new Identifier()
        .setSystem(SystemUrl.REFERRAL_ID.url())
        .setValue(number)
        .setAssigner(new Reference().setIdentifier(new OdsCode(sender).toIdentifier()));
  }

  /** ORC-16: why it is changed or taken back. */
  Optional<String> reason(HospitalMessage group) {
    Hl7Segment orc = orc(group);
    return orc.text(16, 1, 2).or(() -> orc.text(16, 1, 5)).or(() -> orc.text(16));
  }

  ServiceRequest toServiceRequest(HospitalMessage group, Hl7Header header, KeptMessage message) {
    Hl7Segment obr =
        group.only("OBR", "Send one OBR segment after each ORC: it says what is asked for.");
    String sender = message.sender();
    ServiceRequest request = RequestSegments.referral();
    request.addIdentifier(placerNumber(group, sender));
    CodedField.concept(obr, 4, 1, sender).ifPresent(request::addOrderDetail);
    CodedField.concept(obr, 44, 1, sender).ifPresent(request::addOrderDetail);
    priority(group).ifPresent(request::setPriority);
    request.setAuthoredOnElement(authoredOn(group, header, message));
    RequestSegments.addReasons(request, obr, 31, sender);
    RequestSegments.addReasons(request, orc(group), 16, sender);
    group.all("DG1").forEach(dg1 -> RequestSegments.addDiagnosis(request, dg1, sender));
    obr.prose(13, 1).ifPresent(text -> request.addNote().setText(text));
    group.all("NTE").forEach(nte -> addNote(request, nte));
    group.all("OBX").forEach(obx -> RequestSegments.addFinding(request, obx));
    return request;
  }

  /**
   * Wherever versions have put it: OBR-5, the sixth component of ORC-7 and OBR-27, TQ1-9. Urgency
   * must not be lost.
   */
  private Optional<ServiceRequestPriority> priority(HospitalMessage group) {
    Hl7Segment orc = orc(group);
    Optional<Hl7Segment> obr = group.first("OBR");
    Optional<Hl7Segment> tq1 = group.first("TQ1");
    return Stream.of(
            tq1.flatMap(segment -> segment.text(9)),
            obr.flatMap(segment -> segment.text(27, 1, 6)),
            orc.text(7, 1, 6),
            obr.flatMap(segment -> segment.text(5)))
        .flatMap(Optional::stream)
        .findFirst()
        .map(
            sent ->
                codes
                    .translate(CodeMap.REFERRAL_PRIORITY, sent)
                    .code()
                    .map(ServiceRequestPriority::fromCode)
                    .orElseThrow(
                        () ->
                            MessageRefused.invalid(
                                "OBR-27", "Send priority S, A or R, or nothing.")));
  }

  private static DateTimeType authoredOn(
      HospitalMessage group, Hl7Header header, KeptMessage message) {
    return Hl7Time.in(orc(group), 9)
        .or(() -> group.first("OBR").flatMap(obr -> Hl7Time.in(obr, 6)))
        .or(() -> Hl7Time.parse(header.time()))
        .orElseGet(() -> RequestSegments.received(message))
        .toDateTime();
  }

  /** {@code question->answer}, kept as both; other notes as they are. */
  private static void addNote(ServiceRequest request, Hl7Segment nte) {
    for (int repetition = 1; repetition <= nte.repetitions(3); repetition++) {
      nte.prose(3, repetition)
          .ifPresent(
              text -> {
                int end = text.indexOf(QUESTION_ENDS);
                request
                    .addNote()
                    .setText(
                        end <= 0
                            ? text
                            : text.substring(0, end).strip()
                                + ": "
                                + text.substring(end + QUESTION_ENDS.length()).strip());
              });
    }
  }

  /** ORC-12, else OBR-16, else the attending doctor of PV1-7. */
  @Nullable Practitioner toPractitioner(HospitalMessage group, HospitalMessage whole) {
    return ReferrerSegment.provider(orc(group), 12)
        .or(() -> group.first("OBR").flatMap(obr -> ReferrerSegment.provider(obr, 16)))
        .or(() -> whole.first("PV1").flatMap(pv1 -> ReferrerSegment.provider(pv1, 7)))
        .orElse(null);
  }

  private static Hl7Segment orc(HospitalMessage group) {
    return group.only("ORC", "Send an ORC segment before each OBR.");
  }
}
