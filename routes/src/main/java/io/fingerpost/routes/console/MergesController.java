package io.fingerpost.routes.console;

import io.fingerpost.routes.merging.Merge;
import io.fingerpost.routes.merging.Merging;
import io.fingerpost.routes.merging.UndoRefused;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The merges of people's records, the newest first, and the undoing of one. Who may call it is
 * decided before it is reached: operators only.
 */
@RestController
class MergesController {

  private static final Logger log = LoggerFactory.getLogger(MergesController.class);
  private static final int MOST = 200;

  private final Merging merging;

  MergesController(Merging merging) {
    this.merging = merging;
  }

  /**
   * One merge as operators see it, by ids of ours alone.
   *
   * @param records how many were moved
   * @param consentsClosed how many open nothing since
   */
  record Shown(
      UUID merge,
      UUID message,
      String surviving,
      String replaced,
      Instant mergedAt,
      int records,
      int consentsClosed,
      @Nullable Instant undoneAt) {

    static Shown of(Merge merge) {
      return new Shown(
          merge.id(),
          merge.message(),
          merge.surviving(),
          merge.replaced(),
          merge.mergedAt(),
          merge.moved().size(),
          merge.closed().size(),
          merge.undoneAt());
    }
  }

  @GetMapping("/console/api/merges")
  List<Shown> merges() {
    return merging.newest(MOST).stream().map(Shown::of).toList();
  }

  @PostMapping("/console/api/merges/{id}/undo")
  ResponseEntity<?> undo(@PathVariable UUID id) {
    try {
      Merge undone = merging.undo(id);
      log.info("outcome=merge-undone merge={} records={}", id, undone.moved().size());
      return ResponseEntity.ok(Shown.of(undone));
    } catch (UndoRefused refused) {
      HttpStatus status =
          refused.code() == UndoRefused.Code.MERGE_UNKNOWN
              ? HttpStatus.NOT_FOUND
              : HttpStatus.CONFLICT;
      ProblemDetail problem = ProblemDetail.forStatus(status);
      problem.setTitle(refused.code().name());
      problem.setDetail(refused.getMessage());
      return ResponseEntity.status(status).body(problem);
    }
  }
}
