/** The load driver: closed loops of referrals and searches, with what they cost. */
@NullMarked
package io.fingerpost.bench.load;

import org.jspecify.annotations.NullMarked;
