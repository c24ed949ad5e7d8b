/** Who asks: registered clients, signed assertions, short tokens, scopes. */
@NullMarked
package io.fingerpost.server.access;

import org.jspecify.annotations.NullMarked;
