/** The record of every decision, yes and no. */
@NullMarked
package io.fingerpost.server.audit;

import org.jspecify.annotations.NullMarked;
