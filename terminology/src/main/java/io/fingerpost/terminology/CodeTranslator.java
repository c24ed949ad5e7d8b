package io.fingerpost.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;

/**
 * Says what a sender's code means, from our ConceptMaps and nothing else: a code that is in no map
 * is {@link Translation.Unmapped}, whatever it looks like.
 */
public final class CodeTranslator {

  private final Map<CodeMap, Map<String, Coding>> meanings = new EnumMap<>(CodeMap.class);

  /** Reads every map, so that a map that is missing or says two things stops the start. */
  public CodeTranslator() {
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    for (CodeMap map : CodeMap.values()) {
      meanings.put(map, meanings(read(parser, map)));
    }
  }

  public Translation translate(CodeMap map, String code) {
    Coding meaning = meanings.getOrDefault(map, Map.of()).get(code);
    return meaning == null ? new Translation.Unmapped() : new Translation.Mapped(meaning.copy());
  }

  private static Map<String, Coding> meanings(ConceptMap conceptMap) {
    Map<String, Coding> byCode = new HashMap<>();
    for (ConceptMapGroupComponent group : conceptMap.getGroup()) {
      for (SourceElementComponent element : group.getElement()) {
        Coding meaning =
            new Coding()
                .setSystem(group.getTarget())
                .setCode(element.getTargetFirstRep().getCode());
        if (byCode.put(element.getCode(), meaning) != null || element.getTarget().size() != 1) {
          throw new IllegalStateException(
              conceptMap.getUrl() + " does not say one thing about " + element.getCode());
        }
      }
    }
    return byCode;
  }

  private static ConceptMap read(IParser parser, CodeMap map) {
    String file = "/conceptmaps/ConceptMap-" + map.id() + ".json";
    try (InputStream json = CodeTranslator.class.getResourceAsStream(file)) {
      if (json == null) {
        throw new IllegalStateException(file + " is missing");
      }
      return parser.parseResource(ConceptMap.class, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
