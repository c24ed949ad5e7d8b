package io.fingerpost.routes.store;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.ProfileValidator;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class TransactionDraftTest {

  @Test
  void makesAValidBundleOfWhatLeadsElsewhere() {
    FhirContext fhir = FhirContext.forR4Cached();
    TransactionDraft draft = new TransactionDraft(UUID.nameUUIDFromBytes(new byte[] {1}));
    Flag flag = new Flag();
    flag.setId("Flag/7/_history/2");
    flag.getMeta().setVersionId("2");
    flag.setStatus(Flag.FlagStatus.ACTIVE).setSubject(new Reference("Patient/5"));
    flag.getCode().setText("Hard of hearing");
    draft.update(flag);

    String json = fhir.newJsonParser().encodeResourceToString(draft.bundle());

    assertThat(new ProfileValidator(fhir).faultsInJson(json)).isEqualTo(List.of());
    assertThat(draft.bundle().getEntryFirstRep().getRequest().getUrl()).isEqualTo("Flag/7");
    assertThat(draft.bundle().getEntryFirstRep().getRequest().getIfMatch()).isEqualTo("W/\"2\"");
  }
}
