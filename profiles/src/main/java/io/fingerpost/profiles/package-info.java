/**
 * The information model of a scheme: its profiles, and the validator that holds what is written to
 * them.
 */
@NullMarked
package io.fingerpost.profiles;

import org.jspecify.annotations.NullMarked;
