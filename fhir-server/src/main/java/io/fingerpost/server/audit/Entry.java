package io.fingerpost.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;

/** One row of the record. */
record Entry(
    UUID id,
    Instant recorded,
    String client,
    String organisation,
    List<String> people,
    String outcome,
    String kind,
    String event,
    byte[] mac) {

  /** A row for an event of this instant, whose milliseconds count. */
  static Entry of(Event event, UUID id, Instant recorded, Mac keyed) {
    Entry open =
        new Entry(
            id,
            recorded,
            event.client(),
            event.organisation(),
            event.people(),
            event.outcome(),
            event.kind(),
            event.text(),
            new byte[0]);
    return open.withMac(keyed.doFinal(open.content()));
  }

  private Entry withMac(byte[] made) {
    return new Entry(id, recorded, client, organisation, people, outcome, kind, event, made);
  }

  /** Whether it is as it was written. */
  boolean isUnaltered(Mac keyed) {
    return MessageDigest.isEqual(mac, keyed.doFinal(content()));
  }

  /** Its part in the hash of its block. */
  byte[] hash() {
    return new Hash().add(content()).add(mac).value();
  }

  /** All but the mac, each piece after its length, so that no two rows have the same content. */
  private byte[] content() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.length() + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
      out.writeLong(recorded.toEpochMilli());
      write(out, client);
      write(out, organisation);
      out.writeInt(people.size());
      for (String person : people) {
        write(out, person);
      }
      write(out, outcome);
      write(out, kind);
      write(out, event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
