package io.fingerpost.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * Our own definitions, found by their canonical: {@code https://fingerpost.io/ValueSet/x} is the
 * file {@code valuesets/ValueSet-x.json}. Adding a definition is adding its file.
 */
final class Definitions implements IValidationSupport {
  private static final String BASE = "https://fingerpost.io/";

  private final FhirContext context;
  private final ConcurrentMap<String, Optional<IBaseResource>> known = new ConcurrentHashMap<>();

  Definitions(FhirContext context) {
    this.context = context;
  }

  @Override
  public FhirContext getFhirContext() {
    return context;
  }

  @Override
  public @Nullable IBaseResource fetchStructureDefinition(String url) {
    IBaseResource profile = find("StructureDefinition", "structuredefinitions", url);
    return profile == null ? find("StructureDefinition", "extensions", url) : profile;
  }

  @Override
  public @Nullable IBaseResource fetchValueSet(String url) {
    return find("ValueSet", "valuesets", url);
  }

  @Override
  public @Nullable IBaseResource fetchCodeSystem(String url) {
    return find("CodeSystem", "codesystems", url);
  }

  @Override
  public boolean isValueSetSupported(@Nullable ValidationSupportContext chain, String url) {
    return fetchValueSet(url) != null;
  }

  private @Nullable IBaseResource find(String kind, String folder, @Nullable String url) {
    String prefix = BASE + kind + "/";
    if (url == null || !url.startsWith(prefix)) {
      return null;
    }
    String id = url.substring(prefix.length()).split("\\|", 2)[0];
    // The id may come from a resource being checked: it must not wander about the class path.
    if (!id.matches("[A-Za-z0-9-]{1,64}")) {
      return null;
    }
    String file = "/" + folder + "/" + kind + "-" + id + ".json";
    Optional<IBaseResource> found = known.get(file);
    if (found == null) {
      found = read(file);
      // Only what exists is remembered: names made up by a sender must not fill the memory.
      found.ifPresent(definition -> known.putIfAbsent(file, Optional.of(definition)));
    }
    return found.orElse(null);
  }

  private Optional<IBaseResource> read(String file) {
    try (InputStream stream = Definitions.class.getResourceAsStream(file)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(context.newJsonParser().parseResource(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
