/** What operators do by HTTP: put kept messages back to work. */
@NullMarked
package io.fingerpost.routes.console;

import org.jspecify.annotations.NullMarked;
