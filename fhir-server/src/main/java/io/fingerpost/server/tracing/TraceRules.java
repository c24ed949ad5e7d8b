package io.fingerpost.server.tracing;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.profiles.matching.Descriptions;
import io.fingerpost.profiles.matching.Likeness;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * What an answer of the service changes of a person's record: a function of the two, and of who
 * else has a number. The table stands in {@code docs/matching.md}.
 */
final class TraceRules {

  private static final String UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-";
  private static final String STATUS = UK_CORE + "UKCore-NHSNumberVerificationStatus";
  private static final String DEATH = UK_CORE + "UKCore-DeathNotificationStatus";
  private static final String STATUS_CODES =
      "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland";

  private static final String VERIFIED = "01";
  private static final String NO_MATCH = "04";
  private static final String CONFLICT = "05";
  private static final Set<String> LABELS = Set.of("R", "V");

  /** Whether a record other than this person's has a number. */
  private final Predicate<NhsNumber> isAnothers;

  TraceRules(Predicate<NhsNumber> isAnothers) {
    this.isAnothers = isAnothers;
  }

  /** Changes the record as the answer says, and tells what came of it. */
  TraceOutcome apply(PdsAnswer answer, Patient person) {
    Optional<Identifier> number = numberOf(person);
    if (answer instanceof PdsAnswer.Found found) {
      return found(found.patient(), person, number);
    } else if (answer instanceof PdsAnswer.Refused) {
      return TraceOutcome.REFUSED;
    }
    number.ifPresent(one -> setStatus(one, NO_MATCH));
    return answer instanceof PdsAnswer.Invalidated
        ? TraceOutcome.INVALIDATED
        : TraceOutcome.NO_MATCH;
  }

  static Optional<Identifier> numberOf(Patient person) {
    return person.getIdentifier().stream()
        .filter(one -> SystemUrl.NHS_NUMBER.url().equals(one.getSystem()) && one.hasValue())
        .findFirst();
  }

  private TraceOutcome found(Patient traced, Patient person, Optional<Identifier> number) {
    Optional<NhsNumber> told = NhsNumber.parse(traced.getIdElement().getIdPart());
    if (told.isEmpty() || !Descriptions.differences(traced, person).isEmpty()) {
      number.ifPresent(one -> setStatus(one, CONFLICT));
      return number.isPresent() ? TraceOutcome.CONFLICT : TraceOutcome.NO_MATCH;
    }
    if (number.isEmpty() && !agreesInFull(traced, person)) {
      return TraceOutcome.NO_MATCH;
    }
    boolean isTheSame = number.filter(one -> one.getValue().equals(told.get().value())).isPresent();
    if (!isTheSame && isAnothers.test(told.get())) {
      number.ifPresent(one -> setStatus(one, CONFLICT));
      return TraceOutcome.TWO_RECORDS;
    }
    Identifier verified = number.orElseGet(() -> told.get().toIdentifier());
    if (number.isEmpty()) {
      person.getIdentifier().add(0, verified);
    } else if (!isTheSame) {
      person.addIdentifier(superseded(verified));
      verified.setValue(told.get().value());
    }
    setStatus(verified, VERIFIED);
    takeLabels(traced, person);
    takeDeath(traced, person);
    return number.isEmpty()
        ? TraceOutcome.FOUND
        : isTheSame ? TraceOutcome.VERIFIED : TraceOutcome.SUPERSEDED;
  }

  /** Nobody is given a number for less: born on the day, and both names and the postcode alike. */
  private static boolean agreesInFull(Patient traced, Patient person) {
    return Likeness.of(traced, person)
        .containsAll(List.of("birthDate", "name.family", "name.given", "address.postalCode"));
  }

  private static Identifier superseded(Identifier number) {
    return new Identifier()
        .setUse(Identifier.IdentifierUse.OLD)
        .setSystem(SystemUrl.SUPERSEDED_NHS_NUMBER.url())
        .setValue(number.getValue());
  }

  private static void setStatus(Identifier number, String code) {
    number.getExtension().removeIf(extension -> STATUS.equals(extension.getUrl()));
    number.addExtension(
        STATUS, new CodeableConcept(new Coding().setSystem(STATUS_CODES).setCode(code)));
  }

  /** Restricted there is restricted here: the code counts, whatever system it was written under. */
  private static void takeLabels(Patient traced, Patient person) {
    for (Coding label : traced.getMeta().getSecurity()) {
      String code = String.valueOf(label.getCode()).toUpperCase(Locale.ROOT);
      String system = SystemUrl.V3_CONFIDENTIALITY.url();
      if (LABELS.contains(code) && person.getMeta().getSecurity(system, code) == null) {
        person.getMeta().addSecurity().setSystem(system).setCode(code);
      }
    }
  }

  /** A death that was taken back there is not a death. One that the record has already stays. */
  private static void takeDeath(Patient traced, Patient person) {
    Extension notified = traced.getExtensionByUrl(DEATH);
    boolean isTakenBack =
        notified != null
            && notified.getExtensionByUrl("deathNotificationStatus") != null
            && notified.getExtensionByUrl("deathNotificationStatus").getValue()
                instanceof CodeableConcept status
            && "U".equals(status.getCodingFirstRep().getCode());
    boolean isKnown =
        person.hasDeceasedDateTimeType()
            || (person.getDeceased() instanceof BooleanType known
                && known.booleanValue()
                && !traced.hasDeceasedDateTimeType());
    if (traced.hasDeceased() && !isTakenBack && !isKnown) {
      person.setDeceased(traced.getDeceased().copy());
      if (notified != null && person.getExtensionByUrl(DEATH) == null) {
        person.addExtension(notified.copy());
      }
    }
  }
}
