/**
 * The words a consent is written in, shared by those who write consents and those who obey them.
 */
@NullMarked
package io.fingerpost.profiles.consent;

import org.jspecify.annotations.NullMarked;
