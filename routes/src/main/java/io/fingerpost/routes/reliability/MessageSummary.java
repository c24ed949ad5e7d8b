package io.fingerpost.routes.reliability;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a kept message without looking into it.
 *
 * @param messageId the sender's own id of it
 * @param state as it stands in the table
 * @param attempts how often it was worked on
 * @param nextAttemptAt when it is taken up again; absent where never by itself
 * @param reference what it became, or was about: {@code ServiceRequest/<id>}
 * @param note why a stored one has changed nothing
 * @param bodyKept false once its retention has passed
 * @param editedFrom the original, of an edited one
 * @param edits how often this one, an original, has been edited
 * @param edited who edited it, and why
 * @param discarded who discarded it, and why
 */
public record MessageSummary(
    UUID id,
    String sender,
    String messageId,
    String channel,
    Instant receivedAt,
    String state,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant settledAt,
    @Nullable String reference,
    @Nullable String note,
    @Nullable Refusal refusal,
    boolean bodyKept,
    @Nullable UUID editedFrom,
    int edits,
    @Nullable By edited,
    @Nullable By discarded) {}
