/** Two records of one person made one, and made two again. */
@NullMarked
package io.fingerpost.routes.merging;

import org.jspecify.annotations.NullMarked;
