/** Answers questions about codes, and shows clients the definitions they have to conform to. */
@NullMarked
package io.fingerpost.server.vocabulary;

import org.jspecify.annotations.NullMarked;
