package io.fingerpost.server.outcomes;

import java.util.Iterator;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Where the resources come from, as they are stored: a few at a time, each once. */
@FunctionalInterface
public interface OutcomeSource {

  Iterator<IBaseResource> all(String resourceType);
}
