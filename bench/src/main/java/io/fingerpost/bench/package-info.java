/** What stands outside the server and talks to it as a partner would. */
@NullMarked
package io.fingerpost.bench;

import org.jspecify.annotations.NullMarked;
