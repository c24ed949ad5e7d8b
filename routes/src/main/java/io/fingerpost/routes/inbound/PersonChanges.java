package io.fingerpost.routes.inbound;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.Outcome.Note;
import io.fingerpost.routes.reliability.NewestMessage;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.routes.store.TransactionDraft;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Keeps what senders now say of people the store knows. Of a death the scheme is told, and what was
 * about to be sent to the person waits.
 */
final class PersonChanges implements ContentKind<PersonChange> {

  private final ReferralStore store;
  private final PersonMatch people;
  private final NewestMessage newest;
  private final SchemeNotices notices;

  PersonChanges(Contents.Records records, SchemeNotices notices) {
    this.store = records.store();
    this.people = records.people();
    this.newest = records.newest();
    this.notices = notices;
  }

  @Override
  public Class<PersonChange> content() {
    return PersonChange.class;
  }

  @Override
  public Outcome store(Part part, PersonChange change) {
    Optional<String> known = people.person(part, change.patient());
    if (known.isEmpty()) {
      return new Outcome.Noted(Note.PERSON_UNKNOWN, null);
    }
    String person = known.get();
    MessageTime said = change.said();
    boolean isNewest = newest.take(person, said.earliest(), said.latest()).newest();
    Patient stored = store.read(Patient.class, person.substring("Patient/".length()));
    if (stored.getLink().stream().anyMatch(link -> link.getType() == LinkType.REPLACEDBY)) {
      // Tried again, the person's number leads to the record that is theirs now.
      throw new ResourceVersionConflictException("the person's records were merged meanwhile");
    }
    if (!isNewest || isWrittenSince(stored, person, said)) {
      return new Outcome.Noted(Note.OLDER_THAN_KNOWN, person);
    }
    return changed(part, change, stored, person);
  }

  /** By somebody at the scheme: of what messages wrote only the newest counts. */
  private boolean isWrittenSince(Patient stored, String person, MessageTime said) {
    return !newest.madeVersion(person, stored.getMeta().getVersionId())
        && stored.getMeta().getLastUpdated().toInstant().isAfter(said.latest());
  }

  private Outcome changed(Part part, PersonChange change, Patient stored, String person) {
    Patient changed = stored.copy();
    PersonDetails details = new PersonDetails(changed);
    details.take(change);
    addIdentifiers(change.patient(), changed, person);
    TransactionDraft draft = new TransactionDraft(part.message().id());
    Provenance provenance =
        MessageProvenance.of(
            part.message(),
            new Reference()
                .setType("Organization")
                .setIdentifier(new OdsCode(part.message().sender()).toIdentifier()),
            null);
    if (!changed.equalsDeep(stored)) {
      provenance.addTarget(draft.update(changed));
    }
    if (changed.hasDeceased() && !stored.hasDeceased()) {
      tell(part, draft, provenance, person);
    }
    if (details.haveSafeContact() && saysHowToReach(change.patient(), stored)) {
      Communication notice = notChanged(part, change.patient(), person);
      if (store.communicationsWith(person).stream().noneMatch(told -> saysTheSame(told, notice))) {
        provenance.addTarget(draft.create(notice, "notice"));
      }
    }
    if (!provenance.hasTarget()) {
      return new Outcome.Noted(Note.KNOWN_ALREADY, person);
    }
    draft.create(provenance, "provenance");
    store.save(draft.bundle());
    if (!changed.equalsDeep(stored)) {
      newest.made(person, NewestMessage.following(stored.getMeta().getVersionId()));
    }
    return new Outcome.Stored(person);
  }

  /**
   * A number under which the sender knows the person, too. One that leads to somebody else is left
   * there: that two records are of one person, a merge says.
   */
  private void addIdentifiers(Patient sent, Patient changed, String person) {
    for (Identifier identifier : sent.getIdentifier()) {
      String system = identifier.getSystem();
      boolean isThere =
          changed.getIdentifier().stream()
              .anyMatch(
                  known ->
                      system.equals(known.getSystem())
                          && (identifier.getValue().equals(known.getValue())
                              || SystemUrl.NHS_NUMBER.url().equals(system)));
      if (!isThere
          && store
              .patient(identifier)
              .map(other -> "Patient/" + other.getIdElement().getIdPart())
              .filter(other -> !other.equals(person))
              .isEmpty()) {
        changed.addIdentifier(identifier.copy());
      }
    }
  }

  private void tell(Part part, TransactionDraft draft, Provenance provenance, String person) {
    for (Communication waiting : store.communicationsWith(person)) {
      if (waiting.getStatus() == CommunicationStatus.PREPARATION
          && waiting.getRecipient().stream()
              .anyMatch(recipient -> person.equals(recipient.getReference()))) {
        waiting.setStatus(CommunicationStatus.ONHOLD);
        provenance.addTarget(draft.update(waiting));
      }
    }
    provenance.addTarget(
        draft.create(
            notices.about(
                person,
                SchemeNotices.Kind.DEATH_REPORTED,
                "A sender reports that this person has died. Do not write to or call them; see to"
                    + " what is planned, and to those who were close to them.",
                part.message()),
            "notice"));
  }

  private static boolean saysHowToReach(Patient sent, Patient stored) {
    List<String> known = reached(stored).toList();
    return reached(sent).anyMatch(each -> !known.contains(each));
  }

  private Communication notChanged(Part part, Patient sent, String person) {
    return notices.about(
        person,
        SchemeNotices.Kind.CONTACT_NOT_CHANGED,
        "A sender has other details of how to reach this person. They were not taken, since it is"
            + " known how the person is reached without danger. It sent: "
            + reached(sent).collect(Collectors.joining("; ")),
        part.message());
  }

  /** What a sender repeats in every message is told once. */
  private static boolean saysTheSame(Communication told, Communication notice) {
    return told.getPayload().size() == notice.getPayload().size()
        && told.getPayloadFirstRep().equalsDeep(notice.getPayloadFirstRep());
  }

  private static Stream<String> reached(Patient patient) {
    return Stream.concat(
        patient.getTelecom().stream().map(point -> String.valueOf(point.getValue())),
        patient.getAddress().stream()
            .map(
                address ->
                    Stream.concat(
                            address.getLine().stream().map(StringType::getValue),
                            Stream.of(address.getCity(), address.getPostalCode()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "))));
  }
}
