package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.Boundary;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Spoilt;
import io.fingerpost.routes.inbound.SpoiltMessages;
import io.fingerpost.routes.inbound.Storable;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever bytes a surgery sends, there is something to store or a refusal. */
class GpSpoiltTest {

  private static final List<String> PERSONAL =
      List.of("9990000018", "Quillfeather", "Edna", "REF-2041", "bereavement");

  private final Boundary boundary = new Boundary(this::answer, PERSONAL);

  @Provide
  Arbitrary<Spoilt> messages() {
    return Spoilt.of("gp");
  }

  @Property
  @AddLifecycleHook(SpoiltMessages.class)
  void isAnsweredWhateverItIs(@ForAll("messages") Spoilt message) {
    boundary.holdsAgainst(message.bytes());
  }

  private String answer(byte[] body) {
    try {
      Storable.requireId(WireText.read(body).messageId());
      Storable.require(GpMessages.stored(body));
      // What a receipt is made of.
      GpMessage.read(body);
      return "stored";
    } catch (MessageRefused refused) {
      return FhirContext.forR4Cached()
          .newJsonParser()
          .encodeResourceToString(GpAnswers.refused(refused.refusal()).body());
    }
  }
}
