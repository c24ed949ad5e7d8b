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

/** By which audiences a record may be found now: the same decision that is made when it is read. */
final class Visibility {

  private final ShareDecisions decisions;
  private final Audiences audiences;

  Visibility(ShareDecisions decisions, Audiences audiences) {
    this.decisions = decisions;
    this.audiences = audiences;
  }

  /**
   * @param consents by person; of everybody the records are about
   * @return what each record is to be indexed by
   */
  Map<Resource, Set<String>> of(
      Collection<Resource> records, Map<String, List<ConsentRecord>> consents) {
    Set<Audience> all = audiences.all();
    Map<Resource, Set<String>> visible = new IdentityHashMap<>();
    for (Resource record : records) {
      ShareDecisions.Questions questions = decisions.about(record, consents);
      Set<String> some =
          all.stream()
              .filter(audience -> maySee(audience, questions))
              .map(Audience::uri)
              .collect(Collectors.toSet());
      visible.put(record, some.size() < all.size() ? some : Set.of(Audience.EVERYONE));
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
