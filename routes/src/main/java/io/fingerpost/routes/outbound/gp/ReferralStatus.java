package io.fingerpost.routes.outbound.gp;

import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a referral stands: all that its sender is told of it without further consent.
 *
 * @param referral id of our ServiceRequest
 * @param identifiers of the referral, among them the sender's own
 * @param person the NHS number, or the sender's own number for the person
 * @param status of the ServiceRequest
 * @param task whether the scheme has accepted or rejected it, or how far it is
 * @param reason why it was rejected; {@code dos-rejected-reasons-bars} where one fits
 */
public record ReferralStatus(
    String referral,
    List<Identifier> identifiers,
    Identifier person,
    ServiceRequestStatus status,
    TaskStatus task,
    @Nullable Coding reason) {}
