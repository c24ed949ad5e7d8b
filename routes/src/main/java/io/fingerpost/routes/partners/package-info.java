/**
 * Who the scheme works with: one entry for each sender and partner, read from the registry file.
 */
@NullMarked
package io.fingerpost.routes.partners;

import org.jspecify.annotations.NullMarked;
