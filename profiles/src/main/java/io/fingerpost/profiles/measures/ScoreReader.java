package io.fingerpost.profiles.measures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationDataType;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationDefinitionQualifiedIntervalComponent;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationRangeCategory;
import org.hl7.fhir.r4.model.Range;

/**
 * Reads what is published of a score. Ranges and bands stand in {@code qualifiedInterval}; what
 * ObservationDefinition has no element for, in our extension {@code measure-scoring}.
 */
final class ScoreReader {

  private static final String SCORING = "https://fingerpost.io/StructureDefinition/measure-scoring";

  private ScoreReader() {}

  static ScoreDefinition of(ObservationDefinition definition) {
    Extension scoring = definition.getExtensionByUrl(SCORING);
    boolean whole =
        definition.getPermittedDataType().get(0).getValue() == ObservationDataType.INTEGER;
    Scale scale = null;
    List<Reading.Band> bands = new ArrayList<>();
    for (ObservationDefinitionQualifiedIntervalComponent interval :
        definition.getQualifiedInterval()) {
      if (interval.getCategory() == ObservationRangeCategory.ABSOLUTE) {
        scale = scale(interval.getRange(), whole);
      } else {
        String band = interval.getContext().getCodingFirstRep().getCode();
        bands.add(new Reading.Band(band, scale(interval.getRange(), whole)));
      }
    }
    if (scale == null) {
      throw new IllegalStateException("no range in " + definition.getId());
    }
    return new ScoreDefinition(
        definition.getCode().getCodingFirstRep().getCode(),
        ((Coding) scoring.getExtensionByUrl("measure").getValue()).getCode(),
        scale,
        recipe(scoring, scale),
        new Reading(direction(scoring), bands, importantChange(scoring)),
        definition);
  }

  private static Recipe recipe(Extension scoring, Scale scale) {
    List<String> items = new ArrayList<>();
    for (Extension item : scoring.getExtensionsByUrl("item")) {
      items.add(((CodeType) item.getValue()).getValue());
    }
    Map<Integer, BigDecimal> conversion = new HashMap<>();
    for (Extension row : scoring.getExtensionsByUrl("conversion")) {
      conversion.put(
          ((IntegerType) row.getExtensionByUrl("raw").getValue()).getValue(),
          ((DecimalType) row.getExtensionByUrl("score").getValue()).getValue());
    }
    Extension range = scoring.getExtensionByUrl("itemRange");
    Scale answers = range == null ? scale : scale((Range) range.getValue(), true);
    Extension lookback = scoring.getExtensionByUrl("lookback");
    int months = lookback == null ? 0 : ((Duration) lookback.getValue()).getValue().intValueExact();
    return new Recipe(items, answers, conversion, months);
  }

  private static Scale scale(Range range, boolean whole) {
    return new Scale(
        range.getLow().getValue(), range.hasHigh() ? range.getHigh().getValue() : null, whole);
  }

  private static Optional<Reading.Direction> direction(Extension scoring) {
    return Optional.ofNullable(scoring.getExtensionByUrl("direction"))
        .map(direction -> direction.getValue().primitiveValue())
        .map(code -> code.replace('-', '_').toUpperCase(Locale.ROOT))
        .map(Reading.Direction::valueOf);
  }

  private static Optional<BigDecimal> importantChange(Extension scoring) {
    return Optional.ofNullable(scoring.getExtensionByUrl("minimalImportantChange"))
        .map(change -> ((DecimalType) change.getValue()).getValue());
  }
}
