/**
 * Outcome tables: the store flattened by ViewDefinitions, pseudonymised before anything reads it.
 */
@NullMarked
package io.fingerpost.server.outcomes;

import org.jspecify.annotations.NullMarked;
