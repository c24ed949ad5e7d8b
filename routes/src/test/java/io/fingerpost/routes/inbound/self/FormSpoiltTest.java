package io.fingerpost.routes.inbound.self;

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

/** Whatever a web page sends, there is something to store or a list of faults. */
class FormSpoiltTest {

  private static final List<String> PERSONAL = List.of("9990000018", "Attwater", "Tolliver");

  private final FormContent content = new FormContent();
  private final Boundary boundary = new Boundary(this::answer, PERSONAL);

  @Provide
  Arbitrary<Spoilt> forms() {
    return Spoilt.of("self");
  }

  @Property
  @AddLifecycleHook(SpoiltMessages.class)
  void isAnsweredWhateverItIs(@ForAll("forms") Spoilt form) {
    boundary.holdsAgainst(form.bytes());
  }

  private String answer(byte[] body) {
    try {
      Storable.requireId(FormContent.messageId(body));
      Storable.require(
          FhirContext.forR4Cached().newJsonParser().encodeResourceToString(WebForm.stored(body)));
      return "stored";
    } catch (MessageRefused refused) {
      return refused.getMessage() + content.faults(body, WebForm.NOW);
    }
  }
}
