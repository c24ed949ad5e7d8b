/** The check-sender command: what would become of a sender's samples. */
@NullMarked
package io.fingerpost.bench.sample;

import org.jspecify.annotations.NullMarked;
