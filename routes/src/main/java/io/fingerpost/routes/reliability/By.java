package io.fingerpost.routes.reliability;

import java.time.Instant;

/**
 * Who did something to a kept message, why and when.
 *
 * @param client name of the operator's API client
 * @param reason in the operator's words
 */
public record By(String client, String reason, Instant at) {}
