/** Tells a GP system, by FHIR message, what became of its referral. */
@NullMarked
package io.fingerpost.routes.outbound.gp;

import org.jspecify.annotations.NullMarked;
