package io.fingerpost.server.consent.override;

import io.fingerpost.server.consent.decision.GrantedOverride;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One override as it was granted.
 *
 * @param organisation ODS code
 * @param patient {@code Patient/<id>}
 * @param reason why, in the words of whoever asked
 * @param end when it was ended before its time; null when it was not
 * @param notice {@code Communication/<id>} by which the scheme was told
 */
record Grant(
    UUID id,
    GrantedOverride.Kind kind,
    By by,
    String patient,
    String reason,
    Instant grantedAt,
    Instant until,
    @Nullable End end,
    String notice) {

  record By(String client, String organisation) {}

  record End(Instant at, String client) {}
}
