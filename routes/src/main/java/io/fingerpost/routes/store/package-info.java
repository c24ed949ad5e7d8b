/** The one port to the FHIR store. */
@NullMarked
package io.fingerpost.routes.store;

import org.jspecify.annotations.NullMarked;
