package io.fingerpost.routes.inbound.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fingerpost.routes.inbound.Boundary;
import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.inbound.Spoilt;
import io.fingerpost.routes.inbound.SpoiltMessages;
import io.fingerpost.routes.inbound.Storable;
import io.fingerpost.routes.reliability.KeptMessage;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever stands in a frame, there is an acknowledgement, and it says what is to be mended. */
class HospitalSpoiltTest {

  private static final List<String> PERSONAL =
      List.of("9990000018", "Bereavement", "bereavement", "Brian", "Quillfeather", "1948-03-12");

  private final HospitalTranslator translator = Aldhelm.translator();
  private final ReferralTransaction transaction = new ReferralTransaction(Aldhelm.SCHEME);
  private final HospitalReception reception =
      new HospitalReception(
          Aldhelm.PARTNERS,
          new Translating(),
          Aldhelm.settings(2575),
          Clock.fixed(Aldhelm.NOW, ZoneOffset.UTC));
  private final Boundary boundary = new Boundary(this::answer, PERSONAL);

  @Provide
  Arbitrary<Spoilt> frames() {
    return Spoilt.of("hospital");
  }

  @Property
  @AddLifecycleHook(SpoiltMessages.class)
  void isAnsweredWhateverItIs(@ForAll("frames") Spoilt frame) {
    boundary.holdsAgainst(frame.bytes());
  }

  /** As many as a frame has room for. */
  @Example
  void isNotExhaustedBySegmentsOfNothingButDelimiters() {
    String good = new String(Aldhelm.referral("A1"), UTF_8);
    for (String delimiter : List.of("~", "^", "&", "|", "1~", "1^", "1&", "~^&")) {
      String segment = "OBX|1|TX|1||" + delimiter.repeat(1_900 / delimiter.length()) + "\r";
      boundary.holdsAgainst((good + segment.repeat(1_000_000 / segment.length())).getBytes(UTF_8));
    }
  }

  /** Without the header and the id, which are the sender's own. */
  private String answer(byte[] frame) {
    translate(frame);
    String answer = new String(reception.answer(frame, Optional.empty()), UTF_8);
    return answer
        .replaceAll("(?m)(?<=^|\r)(MSH|BHS|FHS)[^\r]*", "")
        .replaceAll("MSA\\|..\\|[^|\r]*", "");
  }

  /** Also what the reception would not let through. */
  private void translate(byte[] frame) {
    try {
      write(Aldhelm.kept(frame));
    } catch (MessageRefused refused) {
      Storable.require(refused.location() + refused.remedy());
    }
  }

  private void write(KeptMessage message) {
    Content content = translator.translate(message);
    Storable.require(Said.in(content, message, transaction));
  }

  /** A spine that does with a message what can be done without a store. */
  private final class Translating implements Intake {

    @Override
    public Receipt receive(String sender, String messageId, byte[] body) {
      Storable.requireId(messageId);
      try {
        write(Aldhelm.kept(body));
        return receipt(new Outcome.Stored("ServiceRequest/1"));
      } catch (MessageRefused refused) {
        return receipt(new Outcome.Refused(refused.refusal()));
      }
    }

    @Override
    public Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal) {
      Storable.requireId(messageId);
      return receipt(new Outcome.Refused(refusal.refusal()));
    }

    private Receipt receipt(Outcome outcome) {
      return new Receipt(new UUID(0, 1), Aldhelm.NOW, false, outcome);
    }
  }
}
