/** Referrals by a form: people who ask for themselves, and others who ask for them. */
@NullMarked
package io.fingerpost.routes.inbound.self;

import org.jspecify.annotations.NullMarked;
