/** Where a decision becomes what a client sees, and why it may be asked. */
@NullMarked
package io.fingerpost.server.consent.enforcement;

import org.jspecify.annotations.NullMarked;
