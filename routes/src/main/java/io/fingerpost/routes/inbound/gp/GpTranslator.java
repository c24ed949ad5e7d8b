package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.inbound.gp.GpSettings.AttachmentLimits;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.util.unit.DataSize;

/**
 * Reads a BaRS-shaped {@code servicerequest-request} message: a new referral, a change of one, or
 * one taken back. Encounters, Conditions and the like stay in the kept message.
 */
public final class GpTranslator implements Translator {

  public static final String CHANNEL = "gp-fhir";

  private static final AttachmentLimits USUAL = new AttachmentLimits(5, DataSize.ofKilobytes(512));

  private final CurrentCodes codes;
  private final AttachmentLimits attachments;

  public GpTranslator(CodeTranslator codes) {
    this(codes, USUAL);
  }

  GpTranslator(CodeTranslator codes, AttachmentLimits attachments) {
    this.codes = new CurrentCodes(codes);
    this.attachments = attachments;
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public Content translate(KeptMessage kept) {
    GpMessage message = GpMessage.read(kept.body());
    requireEvent(message.header());
    String reason = GpWish.reason(message.header());
    MessageReferences.requireResolved(message);
    Patient patient = message.only(Patient.class);
    ServiceRequest request = message.only(ServiceRequest.class);
    requireOneStory(message, request, patient);
    GpWish wish = GpWish.of(reason, request);
    List<String> files = GpAttachments.require(message, patient, attachments);
    GpReading reading =
        new GpReading(message, new OdsCode(kept.sender()), GpTime.of(message.bundle(), kept));
    return switch (wish) {
      case REFER -> coded(reading.referral(request, patient, files));
      case CHANGE -> GpChange.amendment(request, coded(reading.changed(request, patient, files)));
      case TAKE_BACK ->
          GpChange.cancellation(request, reading.person(request, patient), false, reading.said());
      case UNDO ->
          GpChange.cancellation(request, reading.person(request, patient), true, reading.said());
    };
  }

  private Referral coded(Referral referral) {
    codes.putInto(referral.patient());
    return referral;
  }

  private static void requireEvent(MessageHeader header) {
    if (!header.hasEventCoding()
        || !SystemUrl.MESSAGE_EVENTS.url().equals(header.getEventCoding().getSystem())
        || !"servicerequest-request".equals(header.getEventCoding().getCode())) {
      throw new MessageRefused(
          Code.EVENT_UNKNOWN,
          "MessageHeader.eventCoding",
          "Send servicerequest-request of " + SystemUrl.MESSAGE_EVENTS.url() + ".");
    }
  }

  private static void requireOneStory(GpMessage message, ServiceRequest request, Patient patient) {
    if (!request.hasSubject()) {
      throw MessageRefused.missing("ServiceRequest.subject", "Refer to the message's Patient.");
    }
    if (message.target(request.getSubject()).filter(patient::equals).isEmpty()) {
      throw MessageRefused.invalid("ServiceRequest.subject", "Refer to the message's Patient.");
    }
    MessageHeader header = message.header();
    if (header.hasFocus()
        && header.getFocus().stream()
            .noneMatch(focus -> message.target(focus).filter(request::equals).isPresent())) {
      throw MessageRefused.invalid(
          "MessageHeader.focus", "The message is about its ServiceRequest: refer to that.");
    }
  }
}
