package io.fingerpost.routes.reliability;

import java.time.Instant;
import java.util.UUID;

/**
 * A change somebody may have to hear of.
 *
 * @param id stable over tries: what is sent carries it as its own id
 * @param resource {@code Type/<id>/_history/<version>}: the change as it was made
 * @param attempts tries so far
 */
public record OutboxRow(UUID id, String resource, Instant createdAt, int attempts) {}
