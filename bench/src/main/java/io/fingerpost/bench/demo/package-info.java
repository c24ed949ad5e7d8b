/** The demo: one journey through every channel, read back from the server step by step. */
@NullMarked
package io.fingerpost.bench.demo;

import org.jspecify.annotations.NullMarked;
