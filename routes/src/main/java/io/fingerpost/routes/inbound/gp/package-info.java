/** Referrals from GP systems: BaRS-shaped FHIR messages. */
@NullMarked
package io.fingerpost.routes.inbound.gp;

import org.jspecify.annotations.NullMarked;
