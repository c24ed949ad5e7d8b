package io.fingerpost.server.consent.visibility;

import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.enforcement.PersonOf;
import io.fingerpost.server.consent.enforcement.ShareDecisions;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;

/** Which audiences may see a record now: the same decision that is made when it is read. */
final class Visibility {

  private final ShareDecisions decisions;
  private final Audiences audiences;

  Visibility(ShareDecisions decisions, Audiences audiences) {
    this.decisions = decisions;
    this.audiences = audiences;
  }

  /**
   * @param consents by person; of everybody the records are about
   */
  Map<Resource, Set<Audience>> of(
      Collection<Resource> records, Map<String, List<ConsentRecord>> consents) {
    Map<Resource, Set<Audience>> visible = new IdentityHashMap<>();
    for (Resource record : records) {
      ShareDecisions.Questions questions = decisions.about(record, consents);
      visible.put(
          record,
          audiences.all().stream()
              .filter(audience -> maySee(audience, questions))
              .collect(Collectors.toSet()));
    }
    return visible;
  }

  private static boolean maySee(Audience audience, ShareDecisions.Questions questions) {
    return questions.decide(audience.recipient(), audience.purpose(), Map.of()).permits();
  }

  /** Whether it is somebody's: what is about nobody is not held back from anyone. */
  static Set<String> peopleIn(Resource record) {
    return PersonOf.in(record) instanceof PersonOf.People people ? people.references() : Set.of();
  }
}
