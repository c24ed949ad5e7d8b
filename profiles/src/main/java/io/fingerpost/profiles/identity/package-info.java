/** Identifiers of people and organisations in the NHS, each parsed strictly. */
@NullMarked
package io.fingerpost.profiles.identity;

import org.jspecify.annotations.NullMarked;
