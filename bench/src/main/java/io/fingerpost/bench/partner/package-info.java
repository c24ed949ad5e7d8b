/**
 * The partners' side of each channel: their keys and tokens, what they send, and the listeners they
 * hear back on.
 */
@NullMarked
package io.fingerpost.bench.partner;

import org.jspecify.annotations.NullMarked;
