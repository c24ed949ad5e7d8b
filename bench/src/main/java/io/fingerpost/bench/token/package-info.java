/** The token command: a bearer token for a client whose private key is at hand. */
@NullMarked
package io.fingerpost.bench.token;

import org.jspecify.annotations.NullMarked;
