/** Decides whether data about a person may be shared: rules only, with no clock, store or FHIR. */
@NullMarked
package io.fingerpost.server.consent.decision;

import org.jspecify.annotations.NullMarked;
