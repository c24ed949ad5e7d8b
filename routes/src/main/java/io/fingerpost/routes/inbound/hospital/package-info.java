/** Referrals from hospital systems: HL7 v2 REF^I12 by MLLP. */
@NullMarked
package io.fingerpost.routes.inbound.hospital;

import org.jspecify.annotations.NullMarked;
