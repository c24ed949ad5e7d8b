package io.fingerpost.routes.merging;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was done when two records became one: all that is needed to undo it.
 *
 * @param message our id of the message that said so
 * @param surviving {@code Patient/<id>}
 * @param replaced {@code Patient/<id>}
 * @param moved {@code <Type>/<id>} of what was the replaced person's
 * @param closed {@code Consent/<id>} of what opens nothing since, of either
 * @param undoneAt null while it stands
 */
public record Merge(
    UUID id,
    UUID message,
    String surviving,
    String replaced,
    Instant mergedAt,
    List<String> moved,
    List<String> closed,
    @Nullable Instant undoneAt) {}
