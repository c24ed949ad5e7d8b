package io.fingerpost.server.referral;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.profiles.referral.MoveRole;
import io.fingerpost.profiles.referral.ReferralMoves;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.terminology.SystemUrl;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Task;

/** Who wants to move a referral, and where they may move it. */
record Mover(Optional<MoveRole> role) {

  /**
   * @param task as it is stored, so that nobody makes a referral their own by writing so
   */
  static Mover of(RequestDetails request, Task task) {
    if (request instanceof SystemRequestDetails) {
      return new Mover(Optional.of(MoveRole.PROGRAM));
    }
    return new Mover(Caller.of(request).flatMap(caller -> roleOf(caller, task)));
  }

  private static Optional<MoveRole> roleOf(Caller caller, Task task) {
    if (caller.is(Role.ROUTES)) {
      return Optional.of(MoveRole.PROGRAM);
    }
    if (caller.is(Role.SCHEME)) {
      return Optional.of(MoveRole.SCHEME);
    }
    Identifier requester = task.getRequester().getIdentifier();
    boolean isOwn =
        caller.is(Role.SENDER)
            && SystemUrl.ODS_ORGANISATION.url().equals(requester.getSystem())
            && caller.organisation().equals(requester.getValue());
    return isOwn ? Optional.of(MoveRole.SENDER) : Optional.empty();
  }

  Set<ReferralState> beginnings() {
    return role.map(ReferralMoves::beginnings).orElse(Set.of());
  }

  /** The program moves referrals for their senders too: the routes know whose message they read. */
  Set<ReferralState> from(ReferralState state) {
    Set<ReferralState> open = EnumSet.noneOf(ReferralState.class);
    role.ifPresent(known -> open.addAll(ReferralMoves.from(state, known)));
    if (role.equals(Optional.of(MoveRole.PROGRAM))) {
      open.addAll(ReferralMoves.from(state, MoveRole.SENDER));
    }
    return open;
  }
}
