/** What operators do by HTTP: look at kept messages, mend, replay and discard them. */
@NullMarked
package io.fingerpost.routes.console;

import org.jspecify.annotations.NullMarked;
