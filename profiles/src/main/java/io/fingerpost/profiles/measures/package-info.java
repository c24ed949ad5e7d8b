/** The measures a scheme keeps, as data, and the scores made of people's answers. */
@NullMarked
package io.fingerpost.profiles.measures;

import org.jspecify.annotations.NullMarked;
