/** FHIR messages as BaRS has them, made alike wherever they are made. */
@NullMarked
package io.fingerpost.profiles.message;

import org.jspecify.annotations.NullMarked;
