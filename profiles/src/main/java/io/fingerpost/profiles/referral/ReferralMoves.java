package io.fingerpost.profiles.referral;

import static io.fingerpost.profiles.referral.MoveRole.PROGRAM;
import static io.fingerpost.profiles.referral.MoveRole.SCHEME;
import static io.fingerpost.profiles.referral.MoveRole.SENDER;
import static io.fingerpost.profiles.referral.ReferralState.ACCEPTED;
import static io.fingerpost.profiles.referral.ReferralState.CANCELLED;
import static io.fingerpost.profiles.referral.ReferralState.COMPLETED;
import static io.fingerpost.profiles.referral.ReferralState.CONTACTED;
import static io.fingerpost.profiles.referral.ReferralState.DECLINED_BY_PERSON;
import static io.fingerpost.profiles.referral.ReferralState.DID_NOT_ATTEND;
import static io.fingerpost.profiles.referral.ReferralState.FIRST_APPOINTMENT_BOOKED;
import static io.fingerpost.profiles.referral.ReferralState.HELD_FOR_CONSENT;
import static io.fingerpost.profiles.referral.ReferralState.IN_SUPPORT;
import static io.fingerpost.profiles.referral.ReferralState.RECEIVED;
import static io.fingerpost.profiles.referral.ReferralState.REJECTED;
import static io.fingerpost.profiles.referral.ReferralState.SENT_IN_ERROR;
import static io.fingerpost.profiles.referral.ReferralState.WAITING_LIST;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which state may follow which, and who may make the move. What is not in this table is refused;
 * staying in a state is no move.
 */
public final class ReferralMoves {

  private static final Set<MoveRole> BY_SCHEME = EnumSet.of(SCHEME);
  private static final Set<MoveRole> BY_SENDER_TOO = EnumSet.of(SENDER, SCHEME);

  private static final Map<ReferralState, Set<MoveRole>> BEGINNINGS =
      new EnumMap<>(ReferralState.class);
  private static final Map<ReferralState, Map<ReferralState, Set<MoveRole>>> MOVES =
      new EnumMap<>(ReferralState.class);

  static {
    BEGINNINGS.put(RECEIVED, EnumSet.of(SCHEME, PROGRAM));
    BEGINNINGS.put(HELD_FOR_CONSENT, EnumSet.of(SCHEME, PROGRAM));

    untilSupportBegins(RECEIVED, ACCEPTED, WAITING_LIST);
    // The scheme may take somebody on and ask them itself; nobody else sees more for that.
    untilSupportBegins(HELD_FOR_CONSENT, ACCEPTED);
    // Nobody puts a referral among those with consent by saying so: a consent on record does.
    from(HELD_FOR_CONSENT).put(RECEIVED, EnumSet.of(PROGRAM));
    untilSupportBegins(ACCEPTED, WAITING_LIST, CONTACTED, FIRST_APPOINTMENT_BOOKED, IN_SUPPORT);
    untilSupportBegins(WAITING_LIST, ACCEPTED, CONTACTED, FIRST_APPOINTMENT_BOOKED, IN_SUPPORT);
    untilSupportBegins(CONTACTED, WAITING_LIST, FIRST_APPOINTMENT_BOOKED, IN_SUPPORT);
    untilSupportBegins(
        FIRST_APPOINTMENT_BOOKED, WAITING_LIST, CONTACTED, DID_NOT_ATTEND, IN_SUPPORT);
    untilSupportBegins(
        DID_NOT_ATTEND, WAITING_LIST, CONTACTED, FIRST_APPOINTMENT_BOOKED, IN_SUPPORT);
    // Support that has begun ends, whoever wants it to: how it ended is the closing reason's.
    from(IN_SUPPORT).put(COMPLETED, BY_SCHEME);
    from(IN_SUPPORT).put(SENT_IN_ERROR, BY_SENDER_TOO);
    for (ReferralState ended : List.of(COMPLETED, DECLINED_BY_PERSON, REJECTED, CANCELLED)) {
      from(ended).put(SENT_IN_ERROR, BY_SENDER_TOO);
    }
  }

  private ReferralMoves() {}

  /** The scheme may go on to these, and until support begins there are four ways out. */
  private static void untilSupportBegins(ReferralState state, ReferralState... next) {
    for (ReferralState one : next) {
      from(state).put(one, BY_SCHEME);
    }
    from(state).put(DECLINED_BY_PERSON, BY_SCHEME);
    from(state).put(REJECTED, BY_SCHEME);
    from(state).put(CANCELLED, BY_SENDER_TOO);
    from(state).put(SENT_IN_ERROR, BY_SENDER_TOO);
  }

  private static Map<ReferralState, Set<MoveRole>> from(ReferralState state) {
    return MOVES.computeIfAbsent(state, unknown -> new EnumMap<>(ReferralState.class));
  }

  /** The states a referral may begin in. */
  public static Set<ReferralState> beginnings(MoveRole role) {
    return of(BEGINNINGS, role);
  }

  /** The states that may follow. */
  public static Set<ReferralState> from(ReferralState state, MoveRole role) {
    return of(MOVES.getOrDefault(state, Map.of()), role);
  }

  private static Set<ReferralState> of(Map<ReferralState, Set<MoveRole>> moves, MoveRole role) {
    Set<ReferralState> open = EnumSet.noneOf(ReferralState.class);
    moves.forEach(
        (next, roles) -> {
          if (roles.contains(role)) {
            open.add(next);
          }
        });
    return open;
  }
}
