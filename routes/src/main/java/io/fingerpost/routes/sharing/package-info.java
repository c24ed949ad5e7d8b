/** The gate everything leaving passes, and who should hear of a change. */
@NullMarked
package io.fingerpost.routes.sharing;

import org.jspecify.annotations.NullMarked;
