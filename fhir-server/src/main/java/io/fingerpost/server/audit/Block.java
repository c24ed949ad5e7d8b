package io.fingerpost.server.audit;

import io.fingerpost.server.audit.AuditKeys.Signed;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What seals some events: how many, the hash of them in the order of their ids, and the hash of the
 * block before, signed.
 *
 * @param number counted from 1, without gaps
 * @param lastRecorded of the newest event, by which its retention counts
 * @param signed over the hash
 * @param removal that the events were removed; null while they are there
 */
record Block(
    long number,
    Content content,
    Instant sealedAt,
    byte[] previous,
    byte[] hash,
    Signed signed,
    @Nullable Removal removal) {

  /** What the first block has before it. */
  private static final byte[] NOTHING = new byte[Hash.LENGTH];

  /** The events of a block, in sum. */
  record Content(int events, byte[] hash, Instant lastRecorded) {

    static Content of(List<Entry> entries) {
      Hash hash = new Hash();
      Instant last = Instant.EPOCH;
      for (Entry entry : entries) {
        hash.add(entry.hash());
        last = entry.recorded().isAfter(last) ? entry.recorded() : last;
      }
      return new Content(entries.size(), hash.value(), last);
    }

    boolean matches(List<Entry> entries) {
      return Arrays.equals(hash, of(entries).hash());
    }
  }

  /** The signed statement that the events of a block were removed when their retention ended. */
  record Removal(Instant at, Signed signed) {}

  /** Seals what was written since the block before; null before the first. */
  static Block seal(@Nullable Block before, Content content, Instant now, AuditKeys keys) {
    long number = before == null ? 1 : before.number() + 1;
    byte[] previous = before == null ? NOTHING : before.hash();
    byte[] hash = hash(number, content, now, previous);
    return new Block(number, content, now, previous, hash, keys.sign(hash), null);
  }

  /** The statement that its events are removed now. */
  Removal remove(Instant now, AuditKeys keys) {
    return new Removal(now, keys.sign(statement(now)));
  }

  boolean follows(@Nullable Block before) {
    return Arrays.equals(previous, before == null ? NOTHING : before.hash());
  }

  boolean isUnaltered() {
    return Arrays.equals(hash, hash(number, content, sealedAt, previous));
  }

  boolean isSigned(AuditKeys keys) {
    return keys.isSigned(hash, signed);
  }

  boolean isRemovedBy(AuditKeys keys) {
    return removal != null && keys.isSigned(statement(removal.at()), removal.signed());
  }

  /** Its number and hash, to be noted elsewhere. */
  String head() {
    return number + ":" + HexFormat.of().formatHex(hash);
  }

  private byte[] statement(Instant at) {
    return new Hash().add("removed").add(hash).add(at).value();
  }

  private static byte[] hash(long number, Content content, Instant sealedAt, byte[] previous) {
    return new Hash()
        .add(number)
        .add(content.events())
        .add(content.hash())
        .add(content.lastRecorded())
        .add(sealedAt)
        .add(previous)
        .value();
  }
}
