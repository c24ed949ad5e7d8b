/**
 * Keeps which organisation may see which record, so that a search finds no more than that: its
 * pages are full and its totals right. The decision itself stays with {@code consent.decision}, and
 * is made again for everything found.
 */
@NullMarked
package io.fingerpost.server.consent.visibility;

import org.jspecify.annotations.NullMarked;
