package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.NewestMessage;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.routes.store.TransactionDraft;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Task;

/**
 * Takes a referral back for its sender, where the table of moves lets a sender do so. One that has
 * not come yet is remembered as taken back, so that it is refused when it comes.
 */
final class ReferralCancellations implements ContentKind<ReferralCancellation> {

  private final ReferralStore store;
  private final PersonMatch people;
  private final NewestMessage newest;

  ReferralCancellations(Contents.Records records) {
    this.store = records.store();
    this.people = records.people();
    this.newest = records.newest();
  }

  @Override
  public Class<ReferralCancellation> content() {
    return ReferralCancellation.class;
  }

  @Override
  public Outcome store(Part part, ReferralCancellation cancellation) {
    String sender = part.message().sender();
    boolean isNewest =
        newest
            .take(
                OwnReferral.subject(sender, cancellation.referral()),
                cancellation.said().earliest(),
                cancellation.said().latest())
            .newest();
    Optional<OwnReferral> found = OwnReferral.find(store, sender, cancellation.referral());
    if (found.isEmpty()) {
      return new Outcome.Refused(OwnReferral.unknown().refusal());
    }
    OwnReferral referral = found.get();
    referral.requireAbout(part, cancellation.patient(), people);
    ReferralState wanted =
        cancellation.mistake() ? ReferralState.SENT_IN_ERROR : ReferralState.CANCELLED;
    if (referral.state() == wanted) {
      return new Outcome.Noted(Outcome.Note.KNOWN_ALREADY, referral.reference());
    }
    if (!isNewest) {
      return new Outcome.Noted(Outcome.Note.OLDER_THAN_KNOWN, referral.reference());
    }
    if (!referral.senderMayMoveTo(wanted)) {
      throw new MessageRefused(
          Code.REFERRAL_MOVE_ILLEGAL,
          "referral id",
          "The referral is "
              + referral.state().code()
              + " and can no longer be taken back this way. Telephone the scheme.");
    }
    store.save(moved(part, cancellation, referral, wanted).bundle());
    return new Outcome.Stored(referral.reference());
  }

  private static TransactionDraft moved(
      Part part, ReferralCancellation cancellation, OwnReferral referral, ReferralState wanted) {
    Task task = referral.task().copy();
    TaskState.write(wanted, task);
    if (cancellation.reason() != null) {
      task.setStatusReason(new CodeableConcept().setText(cancellation.reason()));
    }
    TransactionDraft draft = new TransactionDraft(part.message().id());
    Provenance provenance =
        MessageProvenance.of(part.message(), referral.request().getRequester(), null);
    draft.create(provenance.addTarget(draft.update(task)), "provenance");
    return draft;
  }
}
