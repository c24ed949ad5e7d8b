package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageDigests;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Takes one message and gives its answer, always: whatever goes wrong here, the sender hears that
 * it did, and never why in our own terms.
 */
@Component
public final class HospitalReception {

  private static final Logger log = LoggerFactory.getLogger(HospitalReception.class);

  private static final String CHANNEL = HospitalTranslator.CHANNEL;

  /** Under this name the log keeps what senders nobody registered sent. */
  private static final String UNKNOWN = "unknown";

  private static final int LONGEST_CONTROL_ID = 199;

  private final PartnerRegistry partners;
  private final Intake intake;
  private final HospitalSettings settings;
  private final Clock clock;
  private final Acknowledgement acknowledgement;

  @Autowired
  public HospitalReception(
      PartnerRegistry partners, Spine spine, HospitalSettings settings, Clock clock) {
    this(partners, Intake.of(spine, CHANNEL), settings, clock);
  }

  HospitalReception(
      PartnerRegistry partners, Intake intake, HospitalSettings settings, Clock clock) {
    this.partners = partners;
    this.intake = intake;
    this.settings = settings;
    this.clock = clock;
    this.acknowledgement = new Acknowledgement(partners.scheme().organisation());
  }

  /**
   * The bytes to answer a frame's content with; none where the sender wants no answer.
   *
   * @param certificate SHA-256 fingerprint of the one its connection showed
   */
  public byte[] answer(byte[] body, Optional<String> certificate) {
    return Hl7Batch.isOne(body) ? answerBatch(body, certificate) : answerMessage(body, certificate);
  }

  private byte[] answerMessage(byte[] body, Optional<String> certificate) {
    Hl7Header header = Hl7Header.read(body);
    return acknowledgement.of(header, receiptWhateverHappens(header, body, certificate));
  }

  /** Each message of a batch is one of its own: what is wrong with one is not the others'. */
  private byte[] answerBatch(byte[] body, Optional<String> certificate) {
    BatchHeader header = BatchHeader.read(body);
    try {
      List<byte[]> answers =
          Hl7Batch.read(body).messages().stream()
              .map(message -> answerMessage(message, certificate))
              .filter(answer -> answer.length > 0)
              .toList();
      return header.answered(answers, partners.scheme().organisation(), clock.instant());
    } catch (MessageRefused broken) {
      Hl7Header likeAMessage = header.likeAMessage();
      return acknowledgement.of(
          likeAMessage, keptWhateverHappens(likeAMessage, body, certificate, broken));
    }
  }

  private Receipt keptWhateverHappens(
      Hl7Header header, byte[] body, Optional<String> certificate, MessageRefused refusal) {
    try {
      String sender =
          partners
              .sendingHl7v2(header.application(), header.facility())
              .filter(partner -> isProven(partner, certificate))
              .map(Partner::organisation)
              .orElse(UNKNOWN);
      return intake.refuse(sender, MessageDigests.of(body), body, refusal);
    } catch (RuntimeException | Error failure) {
      return failed(body, failure);
    }
  }

  /** The answer to a frame that was cut off; empty when not even its header could be read. */
  Optional<byte[]> answerTooLarge(byte[] beginning) {
    Hl7Header header = Hl7Header.read(beginning);
    MessageRefused refusal =
        new MessageRefused(
            Code.MESSAGE_TOO_LARGE,
            "message",
            "Send at most " + settings.maxFrameBytes() + " bytes in a message.");
    UUID id = UUID.nameUUIDFromBytes(beginning);
    log.warn("outcome=refused code={} channel={} message={}", refusal.code(), CHANNEL, id);
    return header.isReadable()
        ? Optional.of(
            acknowledgement.of(
                header,
                new Receipt(id, clock.instant(), false, new Outcome.Refused(refusal.refusal()))))
        : Optional.empty();
  }

  /** Errors too: a sender that waits for an answer for ever sends nothing else either. */
  private Receipt receiptWhateverHappens(
      Hl7Header header, byte[] body, Optional<String> certificate) {
    try {
      return receipt(header, body, certificate);
    } catch (RuntimeException | Error failure) {
      return failed(body, failure);
    }
  }

  private Receipt failed(byte[] body, Throwable failure) {
    UUID id = UUID.nameUUIDFromBytes(body);
    log.error(
        "outcome=failed cause={} channel={} message={}",
        failure.getClass().getSimpleName(),
        CHANNEL,
        id);
    return new Receipt(id, clock.instant(), false, new Outcome.Failed());
  }

  private Receipt receipt(Hl7Header header, byte[] body, Optional<String> certificate) {
    if (!header.isReadable()) {
      return intake.refuse(
          UNKNOWN, MessageDigests.of(body), body, HospitalMessage.malformed("MSH"));
    }
    Optional<Partner> partner = partners.sendingHl7v2(header.application(), header.facility());
    if (partner.isEmpty() || !isProven(partner.get(), certificate)) {
      return intake.refuse(UNKNOWN, MessageDigests.of(body), body, unknownSender());
    }
    String sender = partner.get().organisation();
    Optional<MessageRefused> unusable = controlIdRefusal(header);
    if (unusable.isPresent()) {
      return intake.refuse(sender, MessageDigests.of(body), body, unusable.get());
    }
    return unsupported(header)
        .map(refusal -> intake.refuse(sender, header.controlId(), body, refusal))
        .orElseGet(() -> intake.receive(sender, header.controlId(), body));
  }

  /** Whoever writes a partner's name without its certificate hears what a stranger hears. */
  private boolean isProven(Partner partner, Optional<String> certificate) {
    boolean proven = partners.maySendWith(certificate, partner);
    if (!proven) {
      log.warn(
          "outcome=wrong-certificate shown={} sender={} channel={}",
          certificate.isPresent(),
          partner.organisation(),
          CHANNEL);
    }
    return proven;
  }

  private static MessageRefused unknownSender() {
    return new MessageRefused(
        Code.SENDER_UNKNOWN,
        "MSH-3",
        "The scheme has no sender with this MSH-3 and MSH-4, or not on such a connection. Ask it to"
            + " register them, and the certificate you come with, or send what it has registered.");
  }

  private static Optional<MessageRefused> controlIdRefusal(Hl7Header header) {
    String id = header.controlId();
    if (id.isEmpty()) {
      return Optional.of(
          MessageRefused.missing("MSH-10", "Give each message a control id of its own."));
    }
    return id.length() > LONGEST_CONTROL_ID || id.chars().anyMatch(c -> c < ' ')
        ? Optional.of(
            MessageRefused.invalid("MSH-10", "Send a control id of at most 199 characters."))
        : Optional.empty();
  }

  private Optional<MessageRefused> unsupported(Hl7Header header) {
    if (HospitalEvent.of(header).isEmpty()) {
      return refused(Code.TYPE_UNSUPPORTED, "MSH-9", HospitalEvent.insteadOf(header));
    }
    if (Hl7Version.minor(header).isEmpty()) {
      return refused(Code.VERSION_UNSUPPORTED, "MSH-12", "Send HL7 version 2.2 to 2.7.");
    }
    if (!settings.processingIds().contains(header.processingId())) {
      return refused(
          Code.PROCESSING_ID_UNSUPPORTED,
          "MSH-11",
          "This listener takes no message of this kind: send real referrals to it as P, and tests to"
              + " a scheme that is set up for them.");
    }
    return Optional.empty();
  }

  private static Optional<MessageRefused> refused(Code code, String location, String remedy) {
    return Optional.of(new MessageRefused(code, location, remedy));
  }
}
