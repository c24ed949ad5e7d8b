package io.fingerpost.routes.merging;

import io.fingerpost.routes.merging.StricterConsents.Side;
import io.fingerpost.routes.merging.UndoRefused.Code;
import io.fingerpost.routes.reliability.NewestMessage;
import io.fingerpost.routes.store.PersonStore;
import io.fingerpost.routes.store.TransactionDraft;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Patient.PatientLinkComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes one person of two records: everything of the replaced one becomes the surviving one's, and
 * of their consents the stricter wins ({@link StricterConsents}). What was done is on record, and
 * an operator can undo it. In one process all of it is one database transaction.
 */
@Component
public class Merging {

  /** HAPI holds a whole transaction in memory. */
  private static final int RECORDS_AT_ONCE = 200;

  private final PersonStore records;
  private final MergeTable merges;
  private final NewestMessage newest;
  private final Clock clock;

  Merging(PersonStore records, MergeTable merges, NewestMessage newest, Clock clock) {
    this.records = records;
    this.merges = merges;
    this.newest = newest;
    this.clock = clock;
  }

  /**
   * @param message our id of the message that says so
   * @param surviving {@code Patient/<id>}
   * @param replaced {@code Patient/<id>}, another
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Merge merge(UUID message, String surviving, String replaced) {
    // In one order for all, so that two merges of the same people take their turns.
    Stream.of(surviving, replaced).sorted().forEach(newest::hold);
    List<Resource> stay = records.of(surviving);
    List<Resource> move = records.of(replaced);
    List<Consent> closing = StricterConsents.closing(side(stay), side(move));
    Set<String> closed = closing.stream().map(Merging::reference).collect(Collectors.toSet());
    List<Resource> changed = new ArrayList<>(closing);
    changed.forEach(consent -> ((Consent) consent).setStatus(ConsentState.INACTIVE));
    for (Resource record : move) {
      PersonStore.repoint(record, replaced, surviving);
      if (!closed.contains(reference(record))) {
        changed.add(record);
      }
    }
    saveInParts(message, changed);
    if (!records.of(replaced).isEmpty()) {
      throw new IllegalStateException("something of the replaced person's was not found to move");
    }
    TransactionDraft people = new TransactionDraft(message);
    link(people, surviving, replaced);
    records.save(people);
    newest.retire(replaced);
    Merge merge =
        new Merge(
            UUID.randomUUID(),
            message,
            surviving,
            replaced,
            clock.instant(),
            move.stream().map(Merging::reference).toList(),
            closed.stream().sorted().toList(),
            null);
    merges.add(merge);
    return merge;
  }

  private static Side side(List<Resource> records) {
    List<Consent> consents =
        records.stream().filter(Consent.class::isInstance).map(Consent.class::cast).toList();
    return new Side(consents, consents.size() < records.size());
  }

  /** Whoever is asked for by a number of either is found, and leads to the surviving one. */
  private void link(TransactionDraft draft, String surviving, String replaced) {
    Patient old = records.patient(replaced);
    Patient now = records.patient(surviving);
    old.setActive(false);
    old.addLink().setOther(new Reference(surviving)).setType(LinkType.REPLACEDBY);
    now.addLink().setOther(new Reference(replaced)).setType(LinkType.REPLACES);
    for (Identifier identifier : old.getIdentifier()) {
      boolean hasOne =
          now.getIdentifier().stream()
              .anyMatch(known -> known.getSystem().equals(identifier.getSystem()));
      if (!hasOne) {
        now.addIdentifier(identifier.copy());
      }
    }
    draft.update(old);
    draft.update(now);
    String version = now.getMeta().getVersionId();
    if (newest.madeVersion(surviving, version)) {
      newest.made(surviving, String.valueOf(Long.parseLong(version) + 1));
    }
  }

  private void saveInParts(UUID message, List<Resource> changed) {
    for (int from = 0; from < changed.size(); from += RECORDS_AT_ONCE) {
      TransactionDraft draft = new TransactionDraft(message);
      changed
          .subList(from, Math.min(changed.size(), from + RECORDS_AT_ONCE))
          .forEach(draft::update);
      records.save(draft);
    }
  }

  @Transactional(readOnly = true)
  public List<Merge> newest(int most) {
    return merges.newest(most);
  }

  /**
   * Makes two of them again. What was moved goes back, with what has been written since about what
   * was moved. Consents that were closed are opened again unless the person has refused something
   * since: nobody knows then of which of the two that was said.
   *
   * @throws UndoRefused when it was undone before, or others have been merged with either since
   */
  @Transactional
  public Merge undo(UUID id) {
    Merge merge =
        merges
            .lock(id)
            .orElseThrow(() -> new UndoRefused(Code.MERGE_UNKNOWN, "There is no such merge."));
    if (merge.undoneAt() != null) {
      throw new UndoRefused(Code.MERGE_UNDONE_ALREADY, "The merge has been undone.");
    }
    if (merges.isFollowed(merge)) {
      throw new UndoRefused(
          Code.MERGE_FOLLOWED_BY_ANOTHER, "Undo the later merge of these people first.");
    }
    List<Resource> all = records.of(merge.surviving());
    Set<String> back = belongingTo(merge, all);
    boolean reopen = all.stream().noneMatch(record -> refusesSince(record, merge));
    List<Resource> changed = new ArrayList<>();
    for (Resource record : all) {
      boolean goesBack = back.contains(reference(record));
      boolean opens = reopen && wasClosed(record, merge);
      if (opens) {
        ((Consent) record).setStatus(ConsentState.ACTIVE);
      }
      if (goesBack) {
        PersonStore.repoint(record, merge.surviving(), merge.replaced());
      }
      if (opens || goesBack) {
        changed.add(record);
      }
    }
    TransactionDraft people = new TransactionDraft(merge.id());
    unlink(people, merge);
    records.save(people);
    saveInParts(merge.id(), changed);
    Instant now = clock.instant();
    merges.markUndone(id, now);
    newest.revive(merge.replaced());
    return new Merge(
        merge.id(),
        merge.message(),
        merge.surviving(),
        merge.replaced(),
        merge.mergedAt(),
        changed.stream().map(Merging::reference).toList(),
        reopen ? List.of() : merge.closed(),
        now);
  }

  /** What was moved, and what leads to it. */
  private static Set<String> belongingTo(Merge merge, List<Resource> all) {
    Set<String> back = new HashSet<>(merge.moved());
    for (Resource record : all) {
      boolean isNew = record.getMeta().getLastUpdated().toInstant().isAfter(merge.mergedAt());
      if (isNew && PersonStore.references(record).stream().anyMatch(merge.moved()::contains)) {
        back.add(reference(record));
      }
    }
    return back;
  }

  private static boolean refusesSince(Resource record, Merge merge) {
    return record instanceof Consent consent
        && consent.getMeta().getLastUpdated().toInstant().isAfter(merge.mergedAt())
        && !merge.closed().contains(reference(consent))
        && !merge.moved().contains(reference(consent))
        && (consent.getStatus() == ConsentState.REJECTED
            || consent.getProvision().getType() != ConsentProvisionType.PERMIT
            || consent.getProvision().hasProvision());
  }

  /** One that somebody has written since is left as it is. */
  private static boolean wasClosed(Resource record, Merge merge) {
    return record instanceof Consent consent
        && merge.closed().contains(reference(consent))
        && consent.getStatus() == ConsentState.INACTIVE
        && !consent.getMeta().getLastUpdated().toInstant().isAfter(merge.mergedAt());
  }

  private void unlink(TransactionDraft draft, Merge merge) {
    Patient old = records.patient(merge.replaced());
    Patient now = records.patient(merge.surviving());
    old.setActiveElement(null);
    old.getLink().removeIf(link -> leadsTo(link, merge.surviving()));
    now.getLink().removeIf(link -> leadsTo(link, merge.replaced()));
    for (Identifier identifier : old.getIdentifier()) {
      now.getIdentifier().removeIf(known -> known.equalsDeep(identifier));
    }
    draft.update(old);
    draft.update(now);
  }

  private static boolean leadsTo(PatientLinkComponent link, String patient) {
    return patient.equals(link.getOther().getReference());
  }

  private static String reference(Resource record) {
    return record.fhirType() + "/" + record.getIdElement().getIdPart();
  }
}
