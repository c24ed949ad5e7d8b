package io.fingerpost.routes.inbound.hospital;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/**
 * The FHS or BHS a batch begins with, whose fields stand as those of MSH do, and the batch it is
 * answered with.
 *
 * <pre>BHS|^~\&amp;|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101500||||B1</pre>
 *
 * @param isFile whether the batch stands in a file
 * @param segment read as if it were an MSH
 */
record BatchHeader(boolean isFile, Hl7Header segment) {

  private static final int CONTROL_ID = 11;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx").withZone(ZoneId.of("Europe/London"));

  /** Of a file the header of its first batch, which is the one that has an id, if it has one. */
  static BatchHeader read(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1).substring(Hl7Header.start(body));
    boolean isFile = text.startsWith("FHS");
    int batch = text.startsWith("BHS") ? 0 : text.indexOf("\rBHS") + 1;
    String segment = text.substring(batch).split("[\r\n]", 2)[0];
    byte[] renamed = ("MSH" + segment.substring(3)).getBytes(StandardCharsets.ISO_8859_1);
    return new BatchHeader(isFile, Hl7Header.read(renamed));
  }

  /** As the header of a message, for the answer to a batch that cannot be taken apart. */
  Hl7Header likeAMessage() {
    String separator = String.valueOf(segment.separator());
    String header =
        String.join(
            separator,
            "MSH",
            segment.encodingCharacters(),
            segment.field(3),
            segment.field(4),
            segment.field(5),
            segment.field(6),
            segment.field(7),
            "",
            "",
            segment.field(CONTROL_ID));
    return Hl7Header.read(header.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The answers to the messages, in their order, as a batch that names this one. */
  byte[] answered(List<byte[]> answers, String facility, Instant at) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    String separator = String.valueOf(segment.separator());
    String sender =
        String.join(
            separator,
            segment.encodingCharacters(),
            Acknowledgement.APPLICATION,
            facility,
            segment.field(3),
            segment.field(4),
            TIME.format(at));
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    String ids = separator.repeat(4) + id + separator + segment.field(CONTROL_ID);
    if (isFile) {
      write(batch, "FHS" + separator + sender);
    }
    write(batch, "BHS" + separator + sender + ids);
    answers.forEach(batch::writeBytes);
    write(batch, "BTS" + separator + answers.size());
    if (isFile) {
      write(batch, "FTS" + separator + "1");
    }
    return batch.toByteArray();
  }

  private static void write(ByteArrayOutputStream batch, String segment) {
    batch.writeBytes((segment + "\r").getBytes(StandardCharsets.ISO_8859_1));
  }
}
