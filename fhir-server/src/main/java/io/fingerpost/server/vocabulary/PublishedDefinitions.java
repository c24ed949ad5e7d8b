package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The definitions that ship with the program: each read once, when its kind is first asked for. */
final class PublishedDefinitions {

  private static final Map<Class<? extends MetadataResource>, List<String>> FOLDERS =
      Map.of(
          CodeSystem.class, List.of("codesystems"),
          ValueSet.class, List.of("valuesets"),
          ConceptMap.class, List.of("conceptmaps"),
          StructureDefinition.class, List.of("structuredefinitions", "extensions"));

  private final FhirContext context;
  private final Map<Class<?>, List<? extends MetadataResource>> read = new ConcurrentHashMap<>();

  PublishedDefinitions(FhirContext context) {
    this.context = context;
  }

  /** In the order of their ids. Whoever changes one copies it first. */
  @SuppressWarnings("unchecked")
  <T extends MetadataResource> List<T> all(Class<T> kind) {
    return (List<T>) read.computeIfAbsent(kind, folder -> readAll(kind));
  }

  <T extends MetadataResource> Optional<T> byId(Class<T> kind, String id) {
    return all(kind).stream()
        .filter(found -> found.getIdElement().getIdPart().equals(id))
        .findFirst();
  }

  /**
   * @param canonical with or without {@code |version}; another version than ours is not found
   */
  <T extends MetadataResource> Optional<T> byUrl(Class<T> kind, String canonical) {
    return all(kind).stream()
        .filter(
            found ->
                canonical.equals(found.getUrl())
                    || canonical.equals(found.getUrl() + "|" + found.getVersion()))
        .findFirst();
  }

  private <T extends MetadataResource> List<T> readAll(Class<T> kind) {
    List<T> all = new ArrayList<>();
    PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();
    try {
      for (String folder : FOLDERS.getOrDefault(kind, List.of())) {
        String pattern = "classpath*:" + folder + "/" + kind.getSimpleName() + "-*.json";
        for (Resource file : files.getResources(pattern)) {
          try (InputStream json = file.getInputStream()) {
            all.add(context.newJsonParser().parseResource(kind, json));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.sort(
        (one, other) -> one.getIdElement().getIdPart().compareTo(other.getIdElement().getIdPart()));
    return List.copyOf(all);
  }
}
