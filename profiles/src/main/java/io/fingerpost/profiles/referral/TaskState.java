package io.fingerpost.profiles.referral;

import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Task;

/**
 * The state as a Task carries it, in status and business status together. Whoever writes only one
 * of the two, or changes only one, means both: the other follows.
 */
public final class TaskState {

  private TaskState() {}

  /** The state of a Task; empty when status and business status disagree or are not known. */
  public static Optional<ReferralState> in(Task task) {
    if (!task.hasStatus()) {
      return Optional.empty();
    }
    return code(task).isEmpty()
        ? ReferralState.of(task.getStatus())
        : named(task).filter(state -> state.task().contains(task.getStatus()));
  }

  /** The state that a changed Task asks for; empty when it contradicts itself. */
  public static Optional<ReferralState> wanted(Task before, Task after) {
    if (!after.hasStatus()) {
      return Optional.empty();
    }
    Optional<ReferralState> stood = in(before);
    if (code(after).isEmpty()) {
      return stood
          .filter(state -> state.task().contains(after.getStatus()))
          .or(() -> ReferralState.of(after.getStatus()));
    }
    Optional<ReferralState> named = named(after);
    if (named.isEmpty() || in(after).isPresent()) {
      return named;
    }
    boolean statusMoved = after.getStatus() != before.getStatus();
    boolean stateMoved = !named.equals(stood);
    if (statusMoved == stateMoved) {
      return Optional.empty();
    }
    return stateMoved ? named : ReferralState.of(after.getStatus());
  }

  /** Writes the state in both places; codings of other systems stay. */
  public static void write(ReferralState state, Task task) {
    if (!state.task().contains(task.getStatus())) {
      task.setStatus(state.task().get(0));
    }
    List<Coding> codings = task.getBusinessStatus().getCoding();
    if (!code(task).filter(state.code()::equals).isPresent()) {
      codings.removeIf(TaskState::isOurs);
      codings.add(0, state.toCoding());
    }
  }

  private static Optional<ReferralState> named(Task task) {
    return code(task).flatMap(ReferralState::of);
  }

  private static Optional<String> code(Task task) {
    return task.getBusinessStatus().getCoding().stream()
        .filter(TaskState::isOurs)
        .map(coding -> coding.hasCode() ? coding.getCode() : "")
        .findFirst();
  }

  private static boolean isOurs(Coding coding) {
    return SystemUrl.REFERRAL_STATE.url().equals(coding.getSystem());
  }
}
