package io.fingerpost.routes.outbound.gp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.message.ResponseMessage.Party;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.routes.outbound.gp.ReferralStatusMessage.Cover;
import io.fingerpost.routes.sharing.ReferralStanding;
import io.fingerpost.terminology.SystemUrl;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;

class ReferralStatusMessageTest {

  private static final String REASONS = "https://fhir.nhs.uk/CodeSystem/dos-rejected-reasons-bars";

  static Bundle message() {
    Cover cover =
        new Cover(
            UUID.fromString("0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a001"),
            Instant.parse("2026-03-03T09:00:00Z"),
            "their-message",
            new Party(new OdsCode("Z9S01"), "Wexcombe Connect", "https://example.org/Id|1"),
            new Party(new OdsCode("Z91001"), "Bramley Surgery", "https://example.org/Id|2"));
    return ReferralStatusMessage.of(cover, standing());
  }

  static ReferralStanding standing() {
    return new ReferralStanding(
        "42",
        List.of(
            new Identifier().setSystem("https://bramley.example/Id").setValue("REF-2041"),
            new Identifier()
                .setSystem(SystemUrl.MESSAGE_ID.url())
                .setValue("Z91001/urn:uuid:their-message")),
        new NhsNumber("9990000018").toIdentifier(),
        ServiceRequestStatus.REVOKED,
        TaskStatus.REJECTED,
        ReferralState.DECLINED_BY_PERSON.toCoding(),
        new Coding(REASONS, "22", "Rejected for capacity reasons"),
        "No link worker free before May");
  }

  @Test
  void tellsTheStatusAndNothingElseAboutThePerson() {
    Bundle message = message();
    Set<String> types = new TreeSet<>();
    message.getEntry().forEach(entry -> types.add(entry.getResource().fhirType()));
    assertThat(types)
        .containsExactly("MessageHeader", "Organization", "Patient", "ServiceRequest", "Task");
    MessageHeader header = (MessageHeader) message.getEntryFirstRep().getResource();
    assertThat(header.getEventCoding().getCode()).isEqualTo("servicerequest-response");
    assertThat(header.getResponse().getIdentifier()).isEqualTo("their-message");
    Task task = (Task) message.getEntry().get(2).getResource();
    assertThat(task.getStatus()).isEqualTo(TaskStatus.REJECTED);
    assertThat(task.getBusinessStatus().getCodingFirstRep().getCode())
        .isEqualTo("declined-by-person");
    assertThat(task.getStatusReason().getCodingFirstRep().getCode()).isEqualTo("22");
  }

  @Test
  void refersOnlyToWhatItHolds() {
    String text = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(message());
    Bundle read = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, text);
    List<String> names =
        read.getEntry().stream().map(Bundle.BundleEntryComponent::getFullUrl).toList();
    MessageHeader header = (MessageHeader) read.getEntryFirstRep().getResource();
    assertThat(names)
        .doesNotHaveDuplicates()
        .contains(
            header.getSender().getReference(),
            header.getFocusFirstRep().getReference(),
            header.getDestinationFirstRep().getReceiver().getReference());
  }

  /** Its content is an excerpt: what the receiver may not have is missing, and nothing is wrong. */
  @Test
  void isAMessageAsItsProfileAsks() {
    assertThat(new ProfileValidator(FhirContext.forR4Cached()).faults(message()))
        .isNotEmpty()
        .allMatch(fault -> fault.code().equals("FIELD_MISSING"), "leaves something out")
        .noneMatch(fault -> fault.location().matches("Bundle(\\.entry\\[0].*|\\.[^.]*)"));
  }

  @Test
  void isTheSameMessageEachTime() {
    assertThat(message().equalsDeep(message())).isTrue();
  }
}
