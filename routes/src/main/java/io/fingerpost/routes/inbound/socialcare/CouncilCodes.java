package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** What a council's codes mean, by the maps its entry in the registry names or else the usual. */
final class CouncilCodes {

  private static final Map<Field, CodeMap> USUAL =
      Map.of(
          Field.GENDER, CodeMap.COUNCIL_GENDER,
          Field.ETHNICITY, CodeMap.ETHNIC_CATEGORY,
          Field.NEED, CodeMap.COUNCIL_NEED,
          Field.ACCESSIBILITY, CodeMap.COUNCIL_ACCESSIBILITY,
          Field.PRIORITY, CodeMap.COUNCIL_PRIORITY);

  private final CodeTranslator codes;
  private final Map<Field, CodeMap> maps;
  private final String sender;

  CouncilCodes(CodeTranslator codes, FileSettings files, String sender) {
    this.codes = codes;
    this.maps = maps(files);
    this.sender = sender;
  }

  /**
   * @throws UnusableSettings when a column or a map is named that there is not
   */
  static Map<Field, CodeMap> maps(FileSettings files) {
    Map<Field, CodeMap> maps = new EnumMap<>(USUAL);
    files
        .codes()
        .forEach(
            (name, map) -> {
              Field field =
                  Field.named(name)
                      .filter(USUAL::containsKey)
                      .orElseThrow(() -> new UnusableSettings("files.codes"));
              maps.put(field, map(map));
            });
    return maps;
  }

  private static CodeMap map(String id) {
    return Stream.of(CodeMap.values())
        .filter(map -> map.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UnusableSettings("files.codes"));
  }

  Translation translate(Field field, String code) {
    return codes.translate(Objects.requireNonNull(maps.get(field)), code);
  }

  /** As mapped, with the council's own code beside it; a code no map has is the council's alone. */
  CodeableConcept concept(Field field, String sent) {
    CodeableConcept concept = new CodeableConcept();
    Optional<Coding> meaning =
        translate(field, sent) instanceof Translation.Mapped mapped
            ? Optional.of(mapped.coding())
            : Optional.empty();
    meaning.ifPresent(concept::addCoding);
    if (meaning.filter(coding -> coding.getCode().equals(sent)).isEmpty()) {
      concept.addCoding(own(sent)).setText(sent);
    }
    return concept;
  }

  /** The council's own code, and nothing beside it. */
  CodeableConcept ownConcept(String sent) {
    return new CodeableConcept().addCoding(own(sent)).setText(sent);
  }

  /** Codes of FHIR have single blanks only. */
  private Coding own(String sent) {
    return new Coding()
        .setSystem(SystemUrl.LOCAL_CODE.url() + "/" + sender)
        .setCode(sent.replaceAll("\\s+", " "));
  }

  String sender() {
    return sender;
  }
}
