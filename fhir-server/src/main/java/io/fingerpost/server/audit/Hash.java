package io.fingerpost.server.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** SHA-256 of pieces, each after its length: other pieces never give the same hash. */
final class Hash {

  static final int LENGTH = 32;

  private final MessageDigest digest;

  Hash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Hash add(byte[] piece) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, piece.length));
    digest.update(piece);
    return this;
  }

  Hash add(long number) {
    return add(ByteBuffer.allocate(Long.BYTES).putLong(0, number).array());
  }

  Hash add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** To the millisecond. */
  Hash add(Instant at) {
    return add(at.toEpochMilli());
  }

  byte[] value() {
    return digest.digest();
  }
}
