package io.fingerpost.server.assessment;

import org.hl7.fhir.r4.model.DomainResource;

/**
 * What one answer, or one sheet, makes.
 *
 * @param key tells it from everything else made of the same response, and is the same next time
 */
record Draft(String key, DomainResource made) {}
