package io.fingerpost.server.consent.visibility;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/** What one transaction has written about people, each record as it stands at its end. */
final class Written {

  private final Map<String, Resource> records = new LinkedHashMap<>();
  private final Set<String> created = new TreeSet<>();
  private final Set<String> consentingBefore = new TreeSet<>();

  void creates(Resource record) {
    created.add(referenceTo(record));
    records.put(referenceTo(record), record);
  }

  /** Of whomever a consent was before, too: it may have been given to another person's record. */
  void changes(Resource before, Resource after) {
    records.put(referenceTo(after), after);
    if (decides(before)) {
      consentingBefore.addAll(Visibility.peopleIn(before));
    }
  }

  Set<String> people() {
    Set<String> people = new TreeSet<>(consentingBefore);
    records.values().forEach(record -> people.addAll(Visibility.peopleIn(record)));
    return people;
  }

  /** Whom nobody outside this transaction can know of yet. */
  Set<String> newPeople() {
    Set<String> people = new TreeSet<>();
    records.forEach(
        (reference, record) -> {
          if (record instanceof Patient && created.contains(reference)) {
            people.add(reference);
          }
        });
    return people;
  }

  /** Somebody related to a person may be who consents for them. */
  private static boolean decides(Resource record) {
    return record instanceof Consent || record instanceof RelatedPerson;
  }

  /** Those with a consent, or somebody who gives it for them, among what was written. */
  Set<String> consenting() {
    Set<String> people = new TreeSet<>(consentingBefore);
    for (Resource record : records.values()) {
      if (decides(record)) {
        people.addAll(Visibility.peopleIn(record));
      }
    }
    return people;
  }

  List<Consent> consentsOf(String person) {
    return records.values().stream()
        .filter(record -> Visibility.peopleIn(record).contains(person))
        .filter(Consent.class::isInstance)
        .map(Consent.class::cast)
        .toList();
  }

  Set<Resource> created() {
    Set<Resource> all = Collections.newSetFromMap(new IdentityHashMap<>());
    created.forEach(reference -> all.add(records.get(reference)));
    return all;
  }

  /** What was written, and what others there are of the same people; none of them twice. */
  Collection<Resource> withThoseBefore(List<Resource> others) {
    Map<String, Resource> all = new LinkedHashMap<>(records);
    others.forEach(other -> all.putIfAbsent(referenceTo(other), other));
    return new ArrayList<>(all.values());
  }

  private static String referenceTo(Resource record) {
    return record.fhirType() + "/" + record.getIdElement().getIdPart();
  }
}
