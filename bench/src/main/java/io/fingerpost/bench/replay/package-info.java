/** The replay command: kept messages put back to work. */
@NullMarked
package io.fingerpost.bench.replay;

import org.jspecify.annotations.NullMarked;
