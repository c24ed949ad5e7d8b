package io.fingerpost.server;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.hl7.fhir.r4.model.CodeSystem;

/** A code system as partners can look it up. */
public final class PublishedCodes {

  private PublishedCodes() {}

  public static CodeSystem of(String id) {
    try (InputStream json =
        PublishedCodes.class.getResourceAsStream("/codesystems/CodeSystem-" + id + ".json")) {
      return FhirContext.forR4Cached().newJsonParser().parseResource(CodeSystem.class, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
