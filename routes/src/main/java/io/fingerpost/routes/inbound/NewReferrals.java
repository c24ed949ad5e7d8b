package io.fingerpost.routes.inbound;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.NewestMessage;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/** Stores a new referral, once for each part of a message however often it is tried. */
final class NewReferrals implements ContentKind<Referral> {

  private final ReferralStore store;
  private final PersonMatch people;
  private final NewestMessage newest;
  private final ReferralTransaction transaction;

  NewReferrals(Contents.Records records, ReferralTransaction transaction) {
    this.store = records.store();
    this.people = records.people();
    this.newest = records.newest();
    this.transaction = transaction;
  }

  @Override
  public Class<Referral> content() {
    return Referral.class;
  }

  @Override
  public Outcome store(Part part, Referral referral) {
    Optional<String> storedBefore =
        part.triedBefore() ? store.referralFrom(part.id()) : Optional.empty();
    return new Outcome.Stored(storedBefore.orElseGet(() -> save(part, referral)));
  }

  private String save(Part part, Referral referral) {
    requireNew(part, referral);
    KnownParties known = people.parties(part, referral);
    if (known.patient() != null && !newest.hold(known.patient())) {
      // Tried again, the person's number leads to the record that is theirs now.
      throw new ResourceVersionConflictException("the person's records were merged meanwhile");
    }
    known = labelled(known, referral.patient().getMeta().getSecurity());
    List<String> saved = store.save(transaction.of(part, referral, known));
    if (known.patient() != null && known.relabelled() != null) {
      newest.madeFrom(known.patient(), known.relabelled().getMeta().getVersionId());
    }
    MessageTime said = referral.said();
    if (known.patient() == null && said != null) {
      // What is said of the person in messages written before this one is older than this.
      newest.begin(one(saved, "Patient/"), said.earliest());
    }
    return one(saved, "ServiceRequest/");
  }

  /** What protects a person protects them on the record there is. No label is ever taken off. */
  private KnownParties labelled(KnownParties known, List<Coding> labels) {
    if (known.patient() == null || labels.isEmpty()) {
      return known;
    }
    Patient stored =
        store.read(Patient.class, known.patient().substring("Patient/".length())).copy();
    List<Coding> added =
        labels.stream()
            .filter(
                label -> stored.getMeta().getSecurity(label.getSystem(), label.getCode()) == null)
            .toList();
    added.forEach(label -> stored.getMeta().addSecurity(label.copy()));
    return added.isEmpty() ? known : known.relabelling(stored);
  }

  /**
   * A referral that its sender sends again under another message id is not doubled. A cancellation
   * that overtook its referral holds.
   */
  private void requireNew(Part part, Referral referral) {
    MessageTime said = referral.said();
    Optional<Identifier> own =
        referral.request().getIdentifier().stream()
            .filter(each -> SystemUrl.REFERRAL_ID.url().equals(each.getSystem()))
            .findFirst();
    if (said == null || own.isEmpty()) {
      return;
    }
    String sender = part.message().sender();
    NewestMessage.Taken taken =
        newest.take(OwnReferral.subject(sender, own.get()), said.earliest(), said.latest());
    if (!taken.first() && OwnReferral.find(store, sender, own.get()).isPresent()) {
      throw new MessageRefused(
          Code.REFERRAL_KNOWN,
          "referral id",
          "You have sent a referral with this id before. Send what has changed as a change of it, and"
              + " give another referral an id of its own.");
    }
    if (!taken.newest()) {
      throw new MessageRefused(
          Code.REFERRAL_CANCELLED,
          "referral id",
          "You have taken this referral back in a message written later. If it is wanted after all,"
              + " send it anew with an id of its own.");
    }
  }

  private static String one(List<String> saved, String prefix) {
    return saved.stream()
        .filter(reference -> reference.startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the transaction answered no " + prefix));
  }
}
