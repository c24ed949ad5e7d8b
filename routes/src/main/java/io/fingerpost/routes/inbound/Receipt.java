package io.fingerpost.routes.inbound;

import java.time.Instant;
import java.util.UUID;

/**
 * What the sender's answer is made of. Everything in it is read from the message log, so the answer
 * to a message sent again is the first answer again.
 *
 * @param id of the kept message; answers carry it as their own id
 * @param receivedAt when it first came
 * @param repeated whether it had been settled before this time it came
 */
public record Receipt(UUID id, Instant receivedAt, boolean repeated, Outcome outcome) {}
