/** The model handed to others: the FHIR package, and the page that explains it. */
@NullMarked
package io.fingerpost.profiles.publication;

import org.jspecify.annotations.NullMarked;
