package io.fingerpost.routes.inbound.gp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.partners.Partner;
import java.time.Instant;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

class GpReceiptTest {

  @Test
  void saysWhyAReferralIsHeldAndGivesItNoId() {
    Partner surgery = Partner.of("demo-gp", "Z91001", "Bramley Surgery", Partner.Kind.GP).build();
    Receipt receipt =
        new Receipt(
            UUID.fromString("0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a003"),
            Instant.parse("2026-03-02T10:15:03Z"),
            false,
            new Outcome.Held("Task/7"));

    Bundle message =
        GpReceipt.held(receipt, GpMessage.read(GpMessages.referral()), surgery, GpMessages.SCHEME);

    String text = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(message);
    assertThat(text)
        .contains("\"code\":\"ok\"", "PERSON_MISMATCH", "\"on-hold\"", "\"severity\":\"warning\"")
        .doesNotContain("Task/7");
    assertThat(new ProfileValidator(FhirContext.forR4Cached()).faults(message))
        .allMatch(fault -> fault.code().equals("FIELD_MISSING"), "leaves something out")
        .allMatch(fault -> fault.location().contains("ofType(ServiceRequest)"), "of the request");
  }

  /** It says where the referral stands and no more, so its content is an excerpt. */
  @Test
  void isAMessageAsItsProfileAsks() {
    Partner surgery = Partner.of("demo-gp", "Z91001", "Bramley Surgery", Partner.Kind.GP).build();
    Receipt receipt =
        new Receipt(
            UUID.fromString("0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a003"),
            Instant.parse("2026-03-02T10:15:03Z"),
            false,
            new Outcome.Stored("ServiceRequest/42"));

    Bundle message =
        GpReceipt.of(
            receipt,
            "ServiceRequest/42",
            GpMessage.read(GpMessages.referral()),
            surgery,
            GpMessages.SCHEME);

    assertThat(new ProfileValidator(FhirContext.forR4Cached()).faults(message))
        .isNotEmpty()
        .allMatch(fault -> fault.code().equals("FIELD_MISSING"), "leaves something out")
        .allMatch(fault -> fault.location().contains("ofType(ServiceRequest)"), "of the request");
  }
}
