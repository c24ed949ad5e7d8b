/** Tells a hospital, by HL7 v2 RRI^I12, what became of its referral. */
@NullMarked
package io.fingerpost.routes.outbound.hospital;

import org.jspecify.annotations.NullMarked;
