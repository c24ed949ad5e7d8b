/** Referrals that councils send as files of rows, from a folder or over SFTP. */
@NullMarked
package io.fingerpost.routes.inbound.socialcare;

import org.jspecify.annotations.NullMarked;
