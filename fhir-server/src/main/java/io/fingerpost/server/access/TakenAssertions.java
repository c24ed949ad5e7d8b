package io.fingerpost.server.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which assertions have been taken, on all nodes: each counts once until it would have expired. */
@Component
class TakenAssertions {

  private static final Duration SKEW = Duration.ofMinutes(2);

  private final JdbcClient jdbc;
  private final Clock clock;

  TakenAssertions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Transactional
  boolean take(String client, String jti, Instant expiresAt) {
    return jdbc.sql(
                """
                insert into fingerpost.client_assertion (client, jti, expires_at) values (?, ?, ?)
                on conflict do nothing
                """)
            .params(client, jti, Timestamp.from(expiresAt))
            .update()
        == 1;
  }

  @Scheduled(fixedDelayString = "PT10M")
  @Transactional
  void forgetExpired() {
    jdbc.sql("delete from fingerpost.client_assertion where expires_at < ?")
        .params(Timestamp.from(clock.instant().minus(SKEW)))
        .update();
  }
}
