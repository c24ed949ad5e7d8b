package io.fingerpost.routes.inbound.housing;

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

/** Whatever bytes a landlord sends, there is something to store or a list of faults. */
class HousingSpoiltTest {

  private static final List<String> PERSONAL = List.of("9990000018", "Attwater", "Brackenbury");

  private final HousingContent content = new HousingContent();
  private final Boundary boundary = new Boundary(this::answer, PERSONAL);

  @Provide
  Arbitrary<Spoilt> referrals() {
    return Spoilt.of("housing");
  }

  @Property
  @AddLifecycleHook(SpoiltMessages.class)
  void isAnsweredWhateverItIs(@ForAll("referrals") Spoilt referral) {
    boundary.holdsAgainst(referral.bytes());
  }

  private String answer(byte[] body) {
    try {
      Storable.require(
          FhirContext.forR4Cached()
              .newJsonParser()
              .encodeResourceToString(WexcombeHomes.stored(body)));
      return "stored";
    } catch (MessageRefused refused) {
      return HousingAnswers.refused(refused.refusal()).toString()
          + HousingAnswers.refused(content.faults(body, WexcombeHomes.NOW));
    }
  }
}
