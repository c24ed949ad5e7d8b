/**
 * Whether two descriptions are of one person, and the Task that asks a person where that cannot be
 * told.
 */
@NullMarked
package io.fingerpost.profiles.matching;

import org.jspecify.annotations.NullMarked;
