/** The codes of a social prescribing scheme, and how a sender's codes become ours. */
@NullMarked
package io.fingerpost.terminology;

import org.jspecify.annotations.NullMarked;
