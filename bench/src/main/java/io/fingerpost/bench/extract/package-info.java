/** The extract command: the outcome tables, fetched into files. */
@NullMarked
package io.fingerpost.bench.extract;

import org.jspecify.annotations.NullMarked;
