/** The message log and the outbox: what was received and what is owed, kept until done. */
@NullMarked
package io.fingerpost.routes.reliability;

import org.jspecify.annotations.NullMarked;
