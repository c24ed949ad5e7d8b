package io.fingerpost.server.outcomes;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Copies of values with nothing in them that could say who it is about: codes without their words,
 * days without their times, numbers no longer than a score.
 */
final class SafeValues {
  /** The day of an event is the day in the United Kingdom, whatever offset it was sent with. */
  private static final ZoneId ZONE = ZoneId.of("Europe/London");

  // A concept's partition is 00 or 10: an NHS number sent as a code hardly ever looks like that.
  private static final Pattern SNOMED_CONCEPT = Pattern.compile("[1-9][0-9]{2,14}(00|10)[0-9]");
  private static final Pattern LOINC = Pattern.compile("[0-9]{1,6}-[0-9]");
  private static final Pattern UCUM_UNIT = Pattern.compile("[A-Za-z%{}/.\\[\\]_0-9]{1,20}");
  // Seven digits in a row is where phone numbers and people's numbers begin.
  private static final Pattern CODE = Pattern.compile("(?!.*[0-9]{7})[A-Za-z0-9._-]{1,64}");

  /** Terminologies somebody publishes. A sender's own system may hold anything, even a name. */
  private static final List<String> PUBLISHED =
      List.of(
          "https://fingerpost.io/CodeSystem/",
          "https://fhir.nhs.uk/CodeSystem/",
          "https://fhir.hl7.org.uk/CodeSystem/",
          "http://terminology.hl7.org/CodeSystem/",
          "http://hl7.org/fhir/sid/",
          "http://hl7.org/fhir/");

  private static final int LONGEST_SCORE = 6;

  private SafeValues() {}

  static CodeableConcept concept(CodeableConcept source) {
    CodeableConcept copy = new CodeableConcept();
    for (Coding coding : source.getCoding()) {
      if (isPublished(coding)) {
        copy.addCoding().setSystem(coding.getSystem()).setCode(coding.getCode());
      }
    }
    return copy;
  }

  static List<CodeableConcept> concepts(List<CodeableConcept> sources) {
    return sources.stream().map(SafeValues::concept).filter(copy -> !copy.isEmpty()).toList();
  }

  private static boolean isPublished(Coding coding) {
    String system = coding.getSystem();
    String code = coding.getCode();
    if (system == null || code == null) {
      return false;
    }
    if (system.equals(SystemUrl.SNOMED_CT.url())) {
      return SNOMED_CONCEPT.matcher(code).matches();
    }
    if (system.equals("http://loinc.org")) {
      return LOINC.matcher(code).matches();
    }
    return CODE.matcher(code).matches()
        && PUBLISHED.stream()
            .filter(system::startsWith)
            .anyMatch(start -> CODE.matcher(system.substring(start.length())).matches());
  }

  static @Nullable DateTimeType day(@Nullable BaseDateTimeType source) {
    if (source == null || !source.hasValue()) {
      return null;
    }
    if (!source.hasTime()) {
      return new DateTimeType(source.getValueAsString());
    }
    return new DateTimeType(LocalDate.ofInstant(source.getValue().toInstant(), ZONE).toString());
  }

  /** The organisation by its ODS code alone; empty when it has none. */
  static Reference organisation(Reference source) {
    Reference copy = new Reference();
    if (SystemUrl.ODS_ORGANISATION.url().equals(source.getIdentifier().getSystem())
        && source.getIdentifier().hasValue()) {
      String value = source.getIdentifier().getValue();
      OdsCode.parse(value)
          .filter(code -> NhsNumber.parse(value).isEmpty())
          .ifPresent(code -> copy.setIdentifier(code.toIdentifier()));
    }
    return copy;
  }

  /** A number or a code; any other kind of value could hold words, and is left out. */
  static @Nullable Type value(@Nullable Type source) {
    if (source instanceof Quantity quantity) {
      return quantity(quantity);
    }
    if (source instanceof IntegerType integer && isScore(new BigDecimal(integer.getValue()))) {
      return new IntegerType(integer.getValue());
    }
    if (source instanceof CodeableConcept concept && !concept(concept).isEmpty()) {
      return concept(concept);
    }
    return null;
  }

  private static @Nullable Quantity quantity(Quantity source) {
    // "Less than 5" is no score, and would be read as 5.
    if (!source.hasValue() || source.hasComparator() || !isScore(source.getValue())) {
      return null;
    }
    Quantity copy = new Quantity().setValue(source.getValue());
    String unit = source.getCode();
    if ("http://unitsofmeasure.org".equals(source.getSystem())
        && unit != null
        && UCUM_UNIT.matcher(unit).matches()) {
      copy.setSystem(source.getSystem()).setCode(unit);
    }
    return copy;
  }

  private static boolean isScore(BigDecimal value) {
    return value.precision() - value.scale() <= LONGEST_SCORE && value.scale() <= LONGEST_SCORE;
  }
}
