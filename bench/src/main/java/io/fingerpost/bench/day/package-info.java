/**
 * A day's traffic of all senders together: what becomes of it, how fast, and in how much memory.
 */
@NullMarked
package io.fingerpost.bench.day;

import org.jspecify.annotations.NullMarked;
