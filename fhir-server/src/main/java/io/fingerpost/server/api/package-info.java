/** The FHIR endpoint: what a request meets, in order. */
@NullMarked
package io.fingerpost.server.api;

import org.jspecify.annotations.NullMarked;
