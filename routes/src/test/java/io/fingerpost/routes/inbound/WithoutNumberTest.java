package io.fingerpost.routes.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class WithoutNumberTest {

  private static final String NHS = "https://fhir.nhs.uk/Id/nhs-number";
  private static final String OWN = "https://fingerpost.io/Id/local-patient/Z9H01";
  private static final String OTHER = "https://bramley.example/Id/patient";
  private static final String MESSAGE = "https://fingerpost.io/Id/held-message";
  private static final UUID ID = UUID.fromString("6c1f2f4e-8d0b-4f1e-9a53-5b1f5ab0c3d1");

  private final Patient sent = new Patient();

  @Test
  void leavesTheSendersOwnNumberToKnowThePersonBy() {
    add(NHS, "9990000018");
    add(OTHER, "7");
    add(OWN, "633");

    WithoutNumber.take(ID, sent);

    assertThat(sent.getIdentifier())
        .extracting(Identifier::getSystem, Identifier::getValue)
        .containsExactly(tuple(OWN, "633"), tuple(OTHER, "7"));
  }

  @Test
  void namesThePersonByTheMessageWhereNothingElseIsLeft() {
    add(NHS, "9990000018");
    add(OTHER, "7");

    WithoutNumber.take(ID, sent);

    assertThat(sent.getIdentifier())
        .extracting(Identifier::getSystem, Identifier::getValue)
        .containsExactly(tuple(MESSAGE, ID.toString()), tuple(OTHER, "7"));
  }

  @Test
  void takesAwayTheSendersOwnNumberWhereThatIsAnothers() {
    add(OWN, "633");

    WithoutNumber.take(ID, sent);

    assertThat(sent.getIdentifier())
        .extracting(Identifier::getSystem, Identifier::getValue)
        .containsExactly(tuple(MESSAGE, ID.toString()));
  }

  @Test
  void takesTheNumberAwayHoweverOftenItWasSent() {
    add(NHS, "9990000018");
    add(OWN, "633");
    add(NHS, "9990000018");

    WithoutNumber.take(ID, sent);

    assertThat(sent.getIdentifier()).extracting(Identifier::getSystem).containsExactly(OWN);
  }

  private void add(String system, String value) {
    sent.addIdentifier().setSystem(system).setValue(value);
  }
}
