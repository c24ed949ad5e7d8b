package io.fingerpost.server.audit;

import io.fingerpost.server.audit.Block.Content;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals what was written into blocks, and removes the events of blocks whose retention has passed.
 * Each block is one transaction, and one node at a time has its turn: killed at any point, the
 * chain is whole.
 */
final class Seals {

  private static final Logger log = LoggerFactory.getLogger(Seals.class);

  /** What a block holds at most, so that no more is ever in memory at once. */
  static final int LARGEST = 1_000;

  private final BlockTable blocks;
  private final TransactionTemplate transactions;
  private final AuditKeys keys;
  private final Period retention;
  private final Clock clock;

  Seals(
      BlockTable blocks,
      TransactionTemplate transactions,
      AuditKeys keys,
      Period retention,
      Clock clock) {
    this.blocks = blocks;
    this.transactions = transactions;
    this.keys = keys;
    this.retention = retention;
    this.clock = clock;
  }

  /** Also at the end: what is sealed is safe from everyone who has not the key. */
  @PreDestroy
  @Scheduled(fixedDelayString = "${fingerpost.audit.seal:PT5S}")
  void seal() {
    try {
      while (Boolean.TRUE.equals(transactions.execute(open -> sealsAFullBlock()))) {
        // There may be more.
      }
    } catch (RuntimeException failure) {
      log.error("outcome=unsealed cause={}", failure.getClass().getSimpleName());
    }
  }

  private boolean sealsAFullBlock() {
    if (!blocks.isMine()) {
      return false;
    }
    List<Entry> entries = blocks.unsealed(LARGEST);
    if (entries.isEmpty()) {
      return false;
    }
    Block before = blocks.last().orElse(null);
    blocks.add(Block.seal(before, Content.of(entries), now(), keys), entries);
    return entries.size() == LARGEST;
  }

  /** The log keeps the head, too, out of reach of who can write to the database alone. */
  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "P1D")
  void sweep() {
    Instant end = clock.instant().atZone(ZoneOffset.UTC).minus(retention).toInstant();
    int removed = 0;
    for (int more = 1; more > 0; removed += more) {
      more = Optional.ofNullable(transactions.execute(open -> removeOldest(end))).orElse(0);
    }
    log.info(
        "outcome=audit-swept removed={} head={}",
        removed,
        blocks.last().map(Block::head).orElse("none"));
  }

  private int removeOldest(Instant end) {
    if (!blocks.isMine()) {
      return 0;
    }
    return blocks
        .oldestBefore(end)
        .map(block -> blocks.remove(block, block.remove(now(), keys)))
        .orElse(0);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
