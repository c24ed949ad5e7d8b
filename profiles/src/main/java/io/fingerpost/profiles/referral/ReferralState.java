package io.fingerpost.profiles.referral;

import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * Where a referral stands: the codes of {@code Task.businessStatus}, each with the Task.status it
 * goes with, the ServiceRequest.status it asks for, and how far care has come.
 */
public enum ReferralState {
  RECEIVED(
      "received",
      "Received",
      List.of(TaskStatus.REQUESTED, TaskStatus.RECEIVED),
      ServiceRequestStatus.ACTIVE,
      CareStage.NOT_BEGUN),
  HELD_FOR_CONSENT(
      "held-for-consent",
      "Held for consent",
      List.of(TaskStatus.REQUESTED, TaskStatus.RECEIVED),
      ServiceRequestStatus.ONHOLD,
      CareStage.NOT_BEGUN),
  ACCEPTED("accepted", "Accepted", CareStage.PLANNED),
  WAITING_LIST("waiting-list", "On the waiting list", CareStage.WAITING),
  CONTACTED("contacted", "Contacted", CareStage.PLANNED),
  FIRST_APPOINTMENT_BOOKED(
      "first-appointment-booked", "First appointment booked", CareStage.PLANNED),
  DID_NOT_ATTEND("did-not-attend", "Did not attend", CareStage.PLANNED),
  IN_SUPPORT(
      "in-support",
      "In support",
      List.of(TaskStatus.INPROGRESS, TaskStatus.ONHOLD),
      ServiceRequestStatus.ACTIVE,
      CareStage.GIVEN),
  COMPLETED(
      "completed",
      "Completed",
      List.of(TaskStatus.COMPLETED),
      ServiceRequestStatus.COMPLETED,
      CareStage.FINISHED),
  REJECTED(
      "rejected",
      "Rejected",
      List.of(TaskStatus.REJECTED),
      ServiceRequestStatus.REVOKED,
      CareStage.CALLED_OFF),
  DECLINED_BY_PERSON(
      "declined-by-person",
      "Declined by the person",
      List.of(TaskStatus.REJECTED),
      ServiceRequestStatus.REVOKED,
      CareStage.CALLED_OFF),
  CANCELLED(
      "cancelled",
      "Cancelled",
      List.of(TaskStatus.CANCELLED),
      ServiceRequestStatus.REVOKED,
      CareStage.CALLED_OFF),
  SENT_IN_ERROR(
      "sent-in-error",
      "Sent in error",
      List.of(TaskStatus.ENTEREDINERROR),
      ServiceRequestStatus.ENTEREDINERROR,
      CareStage.MISTAKEN);

  private final String code;
  private final String display;
  private final List<TaskStatus> task;
  private final ServiceRequestStatus request;
  private final CareStage care;

  /** Taken on, and support not begun. */
  ReferralState(String code, String display, CareStage care) {
    this(code, display, List.of(TaskStatus.ACCEPTED), ServiceRequestStatus.ACTIVE, care);
  }

  ReferralState(
      String code,
      String display,
      List<TaskStatus> task,
      ServiceRequestStatus request,
      CareStage care) {
    this.code = code;
    this.display = display;
    this.task = task;
    this.request = request;
    this.care = care;
  }

  public static Optional<ReferralState> of(String code) {
    for (ReferralState state : values()) {
      if (state.code.equals(code)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /**
   * What a Task says that has a status and no business status: the first state of the table that
   * goes with it. Empty for a status that no state goes with.
   */
  public static Optional<ReferralState> of(TaskStatus alone) {
    for (ReferralState state : values()) {
      if (state.task.contains(alone)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  public String code() {
    return code;
  }

  public Coding toCoding() {
    return new Coding(SystemUrl.REFERRAL_STATE.url(), code, display);
  }

  /** The Task.status it goes with; the first is what is written where none was given. */
  public List<TaskStatus> task() {
    return task;
  }

  public ServiceRequestStatus request() {
    return request;
  }

  public CareStage care() {
    return care;
  }
}
