/** Lets people at the scheme decide whom a held message is about, and who might be whom. */
@NullMarked
package io.fingerpost.server.matching;

import org.jspecify.annotations.NullMarked;
