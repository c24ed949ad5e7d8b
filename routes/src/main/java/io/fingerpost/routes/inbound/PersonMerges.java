package io.fingerpost.routes.inbound;

import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome.Note;
import io.fingerpost.routes.merging.Merge;
import io.fingerpost.routes.merging.Merging;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.routes.store.TransactionDraft;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * Makes one person of two records, where the store has both and nothing speaks against their being
 * one: the scheme is told, and an operator can undo it.
 */
final class PersonMerges implements ContentKind<PersonMerge> {

  private final ReferralStore store;
  private final PersonMatch people;
  private final Merging merging;
  private final SchemeNotices notices;

  PersonMerges(Contents.Records records, Merging merging, SchemeNotices notices) {
    this.store = records.store();
    this.people = records.people();
    this.merging = merging;
    this.notices = notices;
  }

  @Override
  public Class<PersonMerge> content() {
    return PersonMerge.class;
  }

  @Override
  public Outcome store(Part part, PersonMerge merge) {
    Optional<String> surviving = people.person(part, merge.surviving());
    Optional<String> replaced = one(part, merge.replaced());
    if (surviving.isEmpty() || replaced.isEmpty()) {
      return new Outcome.Noted(Note.PERSON_UNKNOWN, surviving.or(() -> replaced).orElse(null));
    }
    if (surviving.equals(replaced)) {
      return new Outcome.Noted(Note.KNOWN_ALREADY, surviving.get());
    }
    requireOnePerson(surviving.get(), replaced.get());
    Merge done = merging.merge(part.message().id(), surviving.get(), replaced.get());
    tell(part, done);
    return new Outcome.Stored(surviving.get());
  }

  /** Several numbers of the one record; if they lead to several people, nobody knows which. */
  private Optional<String> one(Part part, List<Identifier> replaced) {
    List<String> found =
        replaced.stream()
            .map(identifier -> people.person(part, new Patient().addIdentifier(identifier)))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    if (found.size() > 1) {
      throw mismatch(
          "MRG-1", "The numbers given for the record replaced are those of several people.");
    }
    return found.stream().findFirst();
  }

  private void requireOnePerson(String surviving, String replaced) {
    Patient one = store.read(Patient.class, surviving.substring("Patient/".length()));
    Patient other = store.read(Patient.class, replaced.substring("Patient/".length()));
    if (one.hasBirthDate()
        && other.hasBirthDate()
        && !one.getBirthDateElement()
            .getValueAsString()
            .equals(other.getBirthDateElement().getValueAsString())) {
      throw mismatch("PID-7", "The two are known with different dates of birth.");
    }
  }

  private static MessageRefused mismatch(String location, String what) {
    return new MessageRefused(
        Code.PERSON_MISMATCH,
        location,
        what + " Check them; if they are one person all the same, telephone the scheme.");
  }

  private void tell(Part part, Merge done) {
    TransactionDraft draft = new TransactionDraft(part.message().id());
    draft.create(
        notices.about(
            done.surviving(),
            SchemeNotices.Kind.RECORDS_MERGED,
            done.closed().isEmpty()
                ? "Two records turned out to be of this person, and are one now."
                : "Two records turned out to be of this person, and are one now. What was agreed to"
                    + " differed, so nothing is shared until the person has been asked again.",
            part.message()),
        "notice");
    store.save(draft.bundle());
  }
}
