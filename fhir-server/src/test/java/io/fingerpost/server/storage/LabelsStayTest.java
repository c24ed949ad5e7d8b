package io.fingerpost.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Flag;
import org.junit.jupiter.api.Test;

class LabelsStayTest {
  private static final String CONFIDENTIALITY =
      "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
  private static final String SENSITIVITY = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  @Test
  void carriesOverWhatTheNextVersionLeavesOut() {
    Flag before = flag("R");
    before.getMeta().addSecurity(new Coding(SENSITIVITY, "SDV", "Abuse"));
    Flag after = flag("R");

    new LabelsStay().updated(before, after);

    assertThat(after.getMeta().getSecurity())
        .extracting(Coding::getCode)
        .containsExactly("R", "SDV");
  }

  @Test
  void leavesWhatTheNextVersionAdds() {
    Flag after = flag("V");

    new LabelsStay().updated(new Flag(), after);

    assertThat(after.getMeta().getSecurity()).extracting(Coding::getCode).containsExactly("V");
  }

  private static Flag flag(String confidentiality) {
    Flag flag = new Flag();
    flag.getMeta().addSecurity(new Coding(CONFIDENTIALITY, confidentiality, "Label"));
    return flag;
  }
}
