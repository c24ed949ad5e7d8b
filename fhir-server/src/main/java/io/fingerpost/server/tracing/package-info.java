/**
 * Traces people with NHS England's Personal Demographics Service (PDS FHIR API,
 * application-restricted), where the scheme has turned it on: afterwards, never before a message is
 * acknowledged.
 */
@NullMarked
package io.fingerpost.server.tracing;

import org.jspecify.annotations.NullMarked;
