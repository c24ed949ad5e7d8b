/** The audit command: whether the record of decisions is as it was written. */
@NullMarked
package io.fingerpost.bench.audit;

import org.jspecify.annotations.NullMarked;
