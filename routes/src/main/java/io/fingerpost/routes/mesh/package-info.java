/**
 * Post by MESH, the NHS's Message Exchange for Social Care and Health: mailboxes, what is found in
 * them and what is sent from them. What the post says is other rooms' to read.
 */
@NullMarked
package io.fingerpost.routes.mesh;

import org.jspecify.annotations.NullMarked;
