/**
 * Holds the FHIR API to the consent decision: reads consents, asks the engine, hides what it
 * denies.
 */
@NullMarked
package io.fingerpost.server.consent.enforcement;

import org.jspecify.annotations.NullMarked;
