/** The program: one jar that is the FHIR server, the routes, or both. */
@NullMarked
package io.fingerpost.server;

import org.jspecify.annotations.NullMarked;
