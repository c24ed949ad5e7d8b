/** Referrals from landlords: JSON by HTTPS. */
@NullMarked
package io.fingerpost.routes.inbound.housing;

import org.jspecify.annotations.NullMarked;
