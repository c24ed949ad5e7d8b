package io.fingerpost.routes.inbound.hospital;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.SampleReader;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** One HL7 v2 message or batch, as it stands in a file or between the bytes of a frame. */
@Component
final class HospitalSamples implements SampleReader {

  private static final Pattern FRAME = Pattern.compile("^\\x0b|\\x1c\\r?\\s*$");
  private static final Pattern BEGINNING = Pattern.compile("^(\\xef\\xbb\\xbf)?\\s*(MSH|FHS|BHS)");

  private final PartnerRegistry partners;
  private final HospitalSettings settings;
  private final Clock clock;

  HospitalSamples(PartnerRegistry partners, HospitalSettings settings, Clock clock) {
    this.partners = partners;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String channel() {
    return HospitalTranslator.CHANNEL;
  }

  @Override
  public boolean recognises(String name, byte[] sample) {
    return BEGINNING.matcher(unframed(sample)).find();
  }

  /** With the certificate the sender is registered with: what a connection shows, no file does. */
  @Override
  public String answer(Partner sender, String name, byte[] sample, Intake intake) {
    Optional<String> certificate =
        Optional.ofNullable(sender.hl7v2()).flatMap(by -> by.certificates().stream().findFirst());
    byte[] message = unframed(sample).getBytes(ISO_8859_1);
    byte[] answer =
        new HospitalReception(partners, ofItsOwn(sender, intake), settings, clock)
            .answer(message, certificate);
    return new String(answer, UTF_8).replace('\r', '\n');
  }

  /** A message says itself who sends it. */
  private static Intake ofItsOwn(Partner sender, Intake intake) {
    return new Intake() {
      @Override
      public Receipt receive(String organisation, String messageId, byte[] body) {
        return organisation.equals(sender.organisation())
            ? intake.receive(organisation, messageId, body)
            : refuse(organisation, messageId, body, ofAnother());
      }

      @Override
      public Receipt refuse(
          String organisation, String messageId, byte[] body, MessageRefused refusal) {
        return intake.refuse(organisation, messageId, body, refusal);
      }
    };
  }

  private static MessageRefused ofAnother() {
    return new MessageRefused(
        Code.SENDER_UNKNOWN,
        "MSH-3",
        "The registry has this MSH-3 and MSH-4 for another sender. Name that one, or send what is"
            + " registered.");
  }

  /** A character for each byte. */
  private static String unframed(byte[] sample) {
    return FRAME.matcher(new String(sample, ISO_8859_1)).replaceAll("");
  }
}
