package io.fingerpost.routes.reliability;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which rows an operator means; what is null does not narrow it.
 *
 * @param id one row, by our id
 * @param sender ODS code of the sending organisation
 * @param since those received, or owed, at this instant or later
 * @param until those received, or owed, before this instant
 */
public record Selection(
    @Nullable UUID id, @Nullable String sender, @Nullable Instant since, @Nullable Instant until) {

  public static final Selection ALL = new Selection(null, null, null, null);
}
