package io.fingerpost.server.audit;

import java.util.Set;

/**
 * One decision as it is recorded.
 *
 * @param client who asked
 * @param organisation ODS code of the recipient
 * @param purpose v3-ActReason code
 * @param people {@code Patient/<id>} of those it is about
 * @param resource {@code Type/<id>} of what was asked for; empty when it is not stored
 * @param reason why it was permitted or denied, a code
 * @param basis the consent that decided; empty where there is none
 */
public record Decided(
    String client,
    String organisation,
    String purpose,
    Set<String> people,
    String resource,
    boolean permitted,
    String reason,
    String basis) {}
