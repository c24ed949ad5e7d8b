package io.fingerpost.routes.mesh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;

/**
 * The parts of one message, put together and decompressed. MESH cuts large messages up ({@code 206}
 * and {@code mex-Chunk-Range: 1:3}); senders compress the whole before it is cut, or each part, or
 * both.
 */
final class Chunks {

  /** The sender's own compression, and that of the transport. */
  private static final int LAYERS = 2;

  private static final int MOST_PARTS = 1000;

  private final long limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean compressed;
  private int taken;
  private int total = 1;

  /**
   * @param limit of bytes, as they come and decompressed
   */
  Chunks(long limit) {
    this.limit = limit;
  }

  long room() {
    return limit - bytes.size();
  }

  boolean isTooLarge() {
    return bytes.size() > limit;
  }

  boolean isComplete() {
    return taken == total;
  }

  /** Number of the part to ask for next, from 1. */
  int next() {
    return taken + 1;
  }

  /**
   * @throws MeshUnreachable when this is not the part that was asked for
   */
  void add(HttpResponse<byte[]> part) {
    HttpHeaders headers = part.headers();
    int[] range = range(headers.firstValue("mex-Chunk-Range").orElse(next() + ":" + total));
    boolean isAnother = range[0] != next() || (taken > 0 && range[1] != total);
    if (isAnother || range[1] < range[0] || range[1] > MOST_PARTS) {
      throw new MeshUnreachable("another part than was asked for");
    }
    if ((part.statusCode() == 206) != (range[0] < range[1])) {
      throw new MeshUnreachable("a part that says it is the last and is not");
    }
    taken = range[0];
    total = range[1];
    compressed |=
        headers.firstValue("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent()
            || Post.Cover.isYes(headers.firstValue("mex-Content-Compressed"));
    bytes.writeBytes(part.body());
  }

  private static int[] range(String header) {
    String[] parts = header.split(":", -1);
    try {
      return new int[] {Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip())};
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
      throw new MeshUnreachable("an unreadable mex-Chunk-Range");
    }
  }

  /** The message, with as much of it as is allowed where there is more. */
  Post post(String mailbox, String id, Post.Cover cover) {
    byte[] body = bytes.toByteArray();
    if (isTooLarge()) {
      return new Post(mailbox, id, cover, Post.Condition.TOO_LARGE, body);
    }
    try {
      byte[] plain = body;
      for (int layer = 0; compressed && layer < LAYERS && isGzip(plain); layer++) {
        plain = inflated(plain);
        if (plain.length > limit) {
          // What is kept is what came: it can be inflated again, elsewhere, by whoever wants to.
          return new Post(mailbox, id, cover, Post.Condition.TOO_LARGE, body);
        }
      }
      return new Post(mailbox, id, cover, Post.Condition.WHOLE, plain);
    } catch (IOException corrupt) {
      return new Post(mailbox, id, cover, Post.Condition.CORRUPT, body);
    }
  }

  private static boolean isGzip(byte[] body) {
    return body.length > 2 && body[0] == (byte) 0x1f && body[1] == (byte) 0x8b;
  }

  /** One byte more than is allowed says that there is more; the rest is never unpacked. */
  private byte[] inflated(byte[] body) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readNBytes(Math.toIntExact(limit + 1));
    }
  }
}
