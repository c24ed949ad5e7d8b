/** What senders send and partners are told; assembled here, worked in the folders below. */
@NullMarked
package io.fingerpost.routes;

import org.jspecify.annotations.NullMarked;
