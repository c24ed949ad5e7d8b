package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.matching.Descriptions;
import io.fingerpost.profiles.matching.Difference;
import io.fingerpost.profiles.matching.MatchDecision;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.routes.inbound.ContentKind.Part;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.MatchDecisions;
import io.fingerpost.routes.reliability.MatchDecisions.Decided;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.terminology.SystemUrl;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * Who of a referral's parties the store knows. A person is known by the identifier alone, never by
 * name and address; where the description is another's, a person at the scheme decides, and what
 * they decided holds.
 */
public final class PersonMatch {

  private final ReferralStore store;
  private final OdsCode scheme;
  private final MatchDecisions decisions;

  public PersonMatch(ReferralStore store, Scheme scheme, MatchDecisions decisions) {
    this.store = store;
    this.scheme = new OdsCode(scheme.organisation());
    this.decisions = decisions;
  }

  KnownParties parties(Part part, Referral referral) {
    boolean wrongNumber =
        decision(part, referral.patient().getIdentifierFirstRep())
            .filter(decided -> MatchDecision.WRONG_NUMBER.code().equals(decided.code()))
            .isPresent();
    return new KnownParties(
        person(part, referral.patient()).orElse(null),
        requester(referral),
        ofScheme(),
        wrongNumber,
        null);
  }

  /**
   * {@code Patient/<id>} of the person a message names; empty where the store does not know them.
   * Where it was decided that the identifier is not the person's, it is taken from what was sent.
   *
   * @throws PersonInDoubt when nobody but a person can tell
   */
  Optional<String> person(Part part, Patient sent) {
    Identifier identifier = sent.getIdentifierFirstRep();
    Optional<Decided> decided = decision(part, identifier);
    if (decided.isPresent()) {
      return decided(part, sent, decided.get());
    }
    List<Patient> known = store.people(identifier);
    Set<Difference> differences = differences(sent, known);
    if (!differences.isEmpty()) {
      throw new PersonInDoubt(sent, references(known), differences);
    }
    return references(known).stream().findFirst();
  }

  /** Nothing is decided about a message that is tried for the first time. */
  private Optional<Decided> decision(Part part, Identifier identifier) {
    return part.triedBefore()
        ? decisions.find(part.message().id(), MatchTask.subject(identifier))
        : Optional.empty();
  }

  private Optional<String> decided(Part part, Patient sent, Decided decided) {
    if (decided.patient() != null) {
      return Optional.of(store.survivorOf(decided.patient()));
    }
    WithoutNumber.take(part.message().id(), sent);
    return person(part, sent);
  }

  /**
   * Whether a message about a referral, which its sender named by an id of its own, names the
   * referral's person. Somebody who has no NHS number here, for it was found to be another's, may
   * still be named by it.
   *
   * @param subject {@code Patient/<id>}
   */
  boolean isAbout(Part part, Patient sent, String subject) {
    List<Patient> known = store.people(sent.getIdentifierFirstRep());
    if (!references(known).contains(subject)) {
      Patient person = store.read(Patient.class, subject.substring("Patient/".length()));
      boolean hasNumber =
          person.getIdentifier().stream()
              .anyMatch(one -> SystemUrl.NHS_NUMBER.url().equals(one.getSystem()));
      if (!known.isEmpty() && !hasNumber && Descriptions.differences(sent, person).isEmpty()) {
        return true;
      }
    }
    return person(part, sent).equals(Optional.of(subject));
  }

  private static Set<Difference> differences(Patient sent, List<Patient> known) {
    Set<Difference> differences = EnumSet.noneOf(Difference.class);
    if (known.size() > 1) {
      differences.add(Difference.SEVERAL_PEOPLE);
    }
    known.forEach(one -> differences.addAll(Descriptions.differences(sent, one)));
    return differences;
  }

  private static List<String> references(List<Patient> people) {
    return people.stream().map(one -> "Patient/" + one.getIdElement().getIdPart()).toList();
  }

  private @Nullable String requester(Referral referral) {
    Identifier identifier = referral.requester().getIdentifierFirstRep();
    return store.organisation(new OdsCode(identifier.getValue())).orElse(null);
  }

  private @Nullable String ofScheme() {
    return store.organisation(scheme).orElse(null);
  }
}
