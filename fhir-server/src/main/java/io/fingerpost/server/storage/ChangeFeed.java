package io.fingerpost.server.storage;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import io.fingerpost.profiles.matching.MatchTask;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes an outbox row for each change somebody outside may have to hear of, in the transaction
 * that makes the change: both are there, or neither.
 */
@Interceptor
public final class ChangeFeed {

  /** What a referrer waits to hear. */
  private static final Set<TaskStatus> TOLD = Set.of(TaskStatus.ACCEPTED, TaskStatus.REJECTED);

  private final JdbcClient jdbc;
  private final Clock clock;

  ChangeFeed(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A new referral is told in the answer to its message, but for what was found out since. */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    if (resource instanceof Task task && MatchTask.isWrongNumberSaidIn(task)) {
      write(task);
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after) {
    if (before instanceof Task old
        && after instanceof Task task
        && !MatchTask.is(task)
        && old.getStatus() != task.getStatus()
        && TOLD.contains(task.getStatus())) {
      write(task);
    }
  }

  private void write(Task task) {
    Timestamp now = Timestamp.from(clock.instant());
    jdbc.sql(
            """
            insert into fingerpost.outbox
              (id, resource_type, resource_id, resource_version, subject, recipient, created_at,
               next_attempt_at)
            values (?, 'Task', ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """)
        .params(
            UUID.randomUUID(),
            task.getIdElement().getIdPart(),
            task.getIdElement().getVersionIdPartAsLong(),
            task.getFor().getReferenceElement().toUnqualifiedVersionless().getValue(),
            task.getRequester().getIdentifier().getValue(),
            now,
            now)
        .update();
  }
}
