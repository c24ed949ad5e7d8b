package io.fingerpost.server.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chain from its first block and finds the first thing that is not as it was written.
 * It knows nothing but the blocks and events it is shown.
 */
final class ChainCheck {

  /** What may be wrong. */
  enum Code {
    /** A block between two others is gone. */
    BLOCK_MISSING,
    /** A block does not follow from the one before. */
    CHAIN_BROKEN,
    BLOCK_ALTERED,
    /** A block was not signed by a key of ours. */
    SIGNATURE_WRONG,
    /** Its events are said to be removed, and no key of ours says so, or some are there. */
    REMOVAL_UNPROVEN,
    EVENT_ALTERED,
    EVENTS_MISSING,
    EVENTS_ADDED,
    /** As many as there were, and others. */
    EVENTS_EXCHANGED,
    /** An event says it is of a block there is not. */
    EVENT_OF_NO_BLOCK,
    /** The head that was noted is not in the chain: it was cut short, or is another. */
    HEAD_MISSING
  }

  /** The first thing wrong; no event where it cannot be told which. */
  record Fault(Code code, long block, @Nullable UUID event) {}

  /** How much was looked at. */
  record Counts(long blocks, long events, long removed, long unsealed) {}

  private final AuditKeys keys;
  private final Mac mac;
  private @Nullable String noted;
  private @Nullable Block last;
  private @Nullable Fault fault;
  private long blocks;
  private long events;
  private long removed;
  private long unsealed;

  /**
   * @param noted a head noted earlier, which has to be in the chain; null for none
   */
  ChainCheck(AuditKeys keys, @Nullable String noted) {
    this.keys = keys;
    this.mac = keys.mac();
    this.noted = noted;
  }

  /**
   * The next block by number.
   *
   * @param entries gives at most so many of its events, in order of their ids
   */
  void next(Block block, IntFunction<List<Entry>> entries) {
    if (fault != null) {
      return;
    }
    fault = faultOf(block, entries);
    blocks++;
    if (block.head().equals(noted)) {
      noted = null;
    }
    last = block;
  }

  private @Nullable Fault faultOf(Block block, IntFunction<List<Entry>> entries) {
    if (block.number() != (last == null ? 1 : last.number() + 1)) {
      return new Fault(Code.BLOCK_MISSING, block.number() - 1, null);
    }
    if (!block.isUnaltered()) {
      return new Fault(Code.BLOCK_ALTERED, block.number(), null);
    }
    if (!block.follows(last)) {
      return new Fault(Code.CHAIN_BROKEN, block.number(), null);
    }
    if (!block.isSigned(keys)) {
      return new Fault(Code.SIGNATURE_WRONG, block.number(), null);
    }
    int sealed = block.content().events();
    if (block.removal() != null) {
      removed += sealed;
      return block.isRemovedBy(keys) && entries.apply(1).isEmpty()
          ? null
          : new Fault(Code.REMOVAL_UNPROVEN, block.number(), null);
    }
    return faultOf(block, entries.apply(sealed + 1));
  }

  private @Nullable Fault faultOf(Block block, List<Entry> found) {
    events += found.size();
    for (Entry entry : found) {
      if (!entry.isUnaltered(mac)) {
        return new Fault(Code.EVENT_ALTERED, block.number(), entry.id());
      }
    }
    int sealed = block.content().events();
    if (found.size() != sealed) {
      Code code = found.size() < sealed ? Code.EVENTS_MISSING : Code.EVENTS_ADDED;
      return new Fault(code, block.number(), null);
    }
    return block.content().matches(found)
        ? null
        : new Fault(Code.EVENTS_EXCHANGED, block.number(), null);
  }

  /** An event not sealed yet. */
  void unsealed(Entry entry) {
    unsealed++;
    if (fault == null && !entry.isUnaltered(mac)) {
      fault = new Fault(Code.EVENT_ALTERED, 0, entry.id());
    }
  }

  /** An event of no block of the chain. */
  void outside(UUID event) {
    if (fault == null) {
      fault = new Fault(Code.EVENT_OF_NO_BLOCK, 0, event);
    }
  }

  /** After everything was shown. */
  Optional<Fault> fault() {
    if (fault == null && noted != null) {
      return Optional.of(new Fault(Code.HEAD_MISSING, last == null ? 0 : last.number(), null));
    }
    return Optional.ofNullable(fault);
  }

  Optional<Block> last() {
    return Optional.ofNullable(last);
  }

  Counts counts() {
    return new Counts(blocks, events, removed, unsealed);
  }
}
