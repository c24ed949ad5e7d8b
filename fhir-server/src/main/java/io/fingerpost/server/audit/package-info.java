/** The record of every decision, yes and no: written once, sealed, read by operators alone. */
@NullMarked
package io.fingerpost.server.audit;

import org.jspecify.annotations.NullMarked;
