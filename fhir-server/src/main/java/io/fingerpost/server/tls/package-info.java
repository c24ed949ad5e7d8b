/** TLS: our certificate and key, whom we trust, and the secure port of the FHIR API. */
@NullMarked
package io.fingerpost.server.tls;

import org.jspecify.annotations.NullMarked;
