package io.fingerpost.server.referral;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.server.referral.ReferralRefusal.Code;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Task;

/**
 * Lets a Task be written only where the table has the move, by whichever way it is written. Two
 * moves at once take their turn at the referral's row, and of two made from the same version the
 * store takes one. A Task that asks whom a message is about is none of a referral's.
 */
@Interceptor
public final class LegalMoves {

  private final ReferralRecords records;

  LegalMoves(ReferralRecords records) {
    this.records = records;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void begins(IBaseResource resource, RequestDetails request) {
    if (resource instanceof Task task && !MatchTask.is(task)) {
      ReferralState state = TaskState.in(task).orElseThrow(ReferralRefusal::unclear);
      Set<ReferralState> open = Mover.of(request, task).beginnings();
      if (!open.contains(state)) {
        throw ReferralRefusal.beginning(open);
      }
      TaskState.write(state, task);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void moves(IBaseResource before, IBaseResource after, RequestDetails request) {
    // Before anything is written, so that everyone takes the rows in the same order.
    records.lock(ReferralRecords.referralsOf(after));
    if (before instanceof Task stored && after instanceof Task task && !MatchTask.is(stored)) {
      if (!ReferralRecords.referralsOf(stored).equals(ReferralRecords.referralsOf(task))) {
        throw ReferralRefusal.otherwise(
            Code.REFERRAL_CONTRADICTED,
            "Task.focus",
            "A Task stays with its referral. Create another for another referral.");
      }
      ReferralState to = TaskState.wanted(stored, task).orElseThrow(ReferralRefusal::unclear);
      ReferralState from = stateOf(stored);
      Set<ReferralState> open = Mover.of(request, stored).from(from);
      if (to != from && !open.contains(to)) {
        throw ReferralRefusal.move(from, open);
      }
      TaskState.write(to, task);
    }
  }

  /** A Task stored before the table was, in a status it does not know, has not been decided on. */
  static ReferralState stateOf(Task stored) {
    return TaskState.in(stored).orElse(ReferralState.RECEIVED);
  }
}
