package io.fingerpost.routes.reliability;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which references of a council's rows are taken. The message id of a row is {@code <32 hex
 * digits>/<reference>}: the digits are of its content, so that the same row is the same message.
 */
@Component
public class TakenReferences {

  private final JdbcClient jdbc;

  TakenReferences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Whether another message of this sender's has this reference and was not refused. The words of
   * the question are those of the index {@code message_reference}.
   */
  public boolean isTaken(String sender, String reference, String messageId) {
    return jdbc.sql(
            """
            select exists (
              select 1 from fingerpost.message
              where channel = 'council-csv' and sender = ? and substr(message_id, 34) = ?
                and message_id <> ? and state <> 'refused')
            """)
        .params(sender, reference, messageId)
        .query(Boolean.class)
        .single();
  }
}
