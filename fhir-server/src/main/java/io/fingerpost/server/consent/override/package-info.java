/**
 * Emergency and safeguarding overrides: who was given leave to set consent aside, for whom, why and
 * until when.
 */
@NullMarked
package io.fingerpost.server.consent.override;

import org.jspecify.annotations.NullMarked;
