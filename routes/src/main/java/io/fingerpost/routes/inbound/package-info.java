/** The spine every sender's message travels: keep, once, translate, store, answer. */
@NullMarked
package io.fingerpost.routes.inbound;

import org.jspecify.annotations.NullMarked;
