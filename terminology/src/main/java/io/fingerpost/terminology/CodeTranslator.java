package io.fingerpost.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what a sender's code means, from our ConceptMaps and nothing else: a code that is in no map
 * is {@link Translation.Unmapped}, whatever it looks like, and so is one whose row says that
 * nothing is to be made of it.
 */
public final class CodeTranslator {

  /** Hears of each code that no map has, so that somebody can map it. */
  public interface Listener {
    void unmapped(CodeMap map, Translation.Unmapped code);
  }

  private final Map<CodeMap, Meanings> meanings = new EnumMap<>(CodeMap.class);
  private final Listener listener;

  public CodeTranslator() {
    this((map, code) -> {});
  }

  /** Reads every map, so that a map that is missing or says two things stops the start. */
  public CodeTranslator(Listener listener) {
    this.listener = listener;
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    for (CodeMap map : CodeMap.values()) {
      meanings.put(map, new Meanings(read(parser, map)));
    }
  }

  /** Of a code whose list is known from where it stood, as in a field of HL7 v2. */
  public Translation translate(CodeMap map, String code) {
    return translate(map, null, code);
  }

  /** Of a coding: another list's code of the same letters is not taken for it. */
  public Translation translate(CodeMap map, Coding sent) {
    return translate(map, sent.getSystem(), sent.getCode() == null ? "" : sent.getCode());
  }

  private Translation translate(CodeMap map, @Nullable String system, String code) {
    Translation found = Objects.requireNonNull(meanings.get(map)).of(system, code);
    if (found instanceof Translation.Unmapped unmapped && !unmapped.deliberate()) {
      listener.unmapped(map, unmapped);
    }
    return found;
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
