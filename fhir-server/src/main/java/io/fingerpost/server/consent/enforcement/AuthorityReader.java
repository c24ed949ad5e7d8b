package io.fingerpost.server.consent.enforcement;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.server.consent.decision.Authority;
import io.fingerpost.server.consent.decision.Authority.Capacity;
import io.fingerpost.server.consent.decision.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.jspecify.annotations.Nullable;

/**
 * Reads on whose word a consent stands. Somebody close to the person may decide by what the store
 * says of them – their RelatedPerson, active, in its period, with the capacity among its
 * relationships – and never by what the consent says. A daughter is not an attorney for being a
 * daughter.
 */
final class AuthorityReader {
  private static final Map<ConsentTerms, Capacity> CAPACITIES =
      Map.of(
          ConsentTerms.ATTORNEY, Capacity.ATTORNEY,
          ConsentTerms.HPOWATT, Capacity.ATTORNEY,
          ConsentTerms.DEPUTY, Capacity.DEPUTY,
          ConsentTerms.PARENTAL_RESPONSIBILITY, Capacity.PARENT,
          ConsentTerms.NATIONAL_PROXY, Capacity.PROXY);

  private static final Authority NOBODY_KNOWN =
      new Authority(Capacity.UNKNOWN, false, Period.ALWAYS);

  private final Function<String, Optional<RelatedPerson>> relatedPersons;

  /**
   * @param relatedPersons the stored {@code RelatedPerson/id}; empty where there is none
   */
  AuthorityReader(Function<String, Optional<RelatedPerson>> relatedPersons) {
    this.relatedPersons = relatedPersons;
  }

  /** Null when the person decided, or when the consent says of nobody that they did. */
  @Nullable Authority of(Consent consent) {
    List<Reference> performers = consent.getPerformer();
    if (consent.getCategory().stream().anyMatch(ConsentTerms.BEST_INTERESTS::isIn)) {
      boolean professional = performers.stream().anyMatch(AuthorityReader::isProfessional);
      return new Authority(Capacity.BEST_INTERESTS, professional, Period.ALWAYS);
    }
    if (performers.isEmpty() || performers.stream().anyMatch(who -> isPerson(who, consent))) {
      return null;
    }
    return performers.stream()
        .filter(who -> "RelatedPerson".equals(typeOf(who)))
        .map(who -> of(who, consent))
        .reduce(Authority::jointlyWith)
        .orElse(NOBODY_KNOWN);
  }

  private Authority of(Reference who, Consent consent) {
    return Optional.ofNullable(referenceIn(who))
        .flatMap(relatedPersons)
        .filter(related -> isRelatedTo(related, consent))
        .map(AuthorityReader::of)
        .orElse(NOBODY_KNOWN);
  }

  private static Authority of(RelatedPerson related) {
    Capacity capacity = capacityIn(related.getRelationship());
    Optional<Period> period = FhirTime.from(related.getPeriod());
    boolean recognised =
        capacity != Capacity.UNKNOWN
            && !related.hasModifierExtension()
            && !related.hasImplicitRules()
            && (!related.hasActive() || related.getActive())
            // Parental responsibility ends when the child is eighteen.
            && (capacity != Capacity.PARENT || related.getPeriod().hasEnd());
    return new Authority(capacity, recognised && period.isPresent(), period.orElse(Period.ALWAYS));
  }

  private static Capacity capacityIn(List<CodeableConcept> relationships) {
    return CAPACITIES.keySet().stream()
        .filter(term -> relationships.stream().anyMatch(term::isIn))
        .map(CAPACITIES::get)
        .min(Comparator.naturalOrder())
        .orElse(Capacity.UNKNOWN);
  }

  private static boolean isRelatedTo(RelatedPerson related, Consent consent) {
    return isSame(related.getPatient(), consent.getPatient());
  }

  private static boolean isPerson(Reference who, Consent consent) {
    return "Patient".equals(typeOf(who)) && isSame(who, consent.getPatient());
  }

  private static boolean isSame(Reference one, Reference other) {
    String reference = referenceIn(one);
    if (reference != null || other.hasReference()) {
      return Objects.equals(reference, referenceIn(other));
    }
    return one.hasIdentifier()
        && one.getIdentifier().hasValue()
        && Objects.equals(one.getIdentifier().getSystem(), other.getIdentifier().getSystem())
        && Objects.equals(one.getIdentifier().getValue(), other.getIdentifier().getValue());
  }

  private static boolean isProfessional(Reference who) {
    return "Practitioner".equals(typeOf(who)) || "PractitionerRole".equals(typeOf(who));
  }

  private static @Nullable String typeOf(Reference who) {
    return who.hasReference() ? who.getReferenceElement().getResourceType() : who.getType();
  }

  private static @Nullable String referenceIn(Reference who) {
    return who.hasReference()
        ? new IdType(who.getReference()).toUnqualifiedVersionless().getValue()
        : null;
  }
}
