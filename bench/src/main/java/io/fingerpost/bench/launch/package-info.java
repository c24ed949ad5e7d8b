/** Starts a Fingerpost server as a child process and stops it again. */
@NullMarked
package io.fingerpost.bench.launch;

import org.jspecify.annotations.NullMarked;
