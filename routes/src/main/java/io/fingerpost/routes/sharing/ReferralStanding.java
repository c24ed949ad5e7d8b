package io.fingerpost.routes.sharing;

import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a referral stands: all that its sender is told of it without further consent. The person
 * appears by the identifier the sender itself sent, and by nothing else.
 *
 * @param referral id of our ServiceRequest
 * @param identifiers of the referral, among them the sender's own
 * @param state the same as the Task's status in the words of a scheme, where it has been said
 * @param reason why it was rejected, where a code was given
 * @param reasonText the same in words
 */
public record ReferralStanding(
    String referral,
    List<Identifier> identifiers,
    Identifier person,
    ServiceRequestStatus status,
    TaskStatus task,
    @Nullable Coding state,
    @Nullable Coding reason,
    @Nullable String reasonText) {

  /** Never the person's number. */
  @Override
  public String toString() {
    return "ReferralStanding[referral=" + referral + ", task=" + task + "]";
  }
}
