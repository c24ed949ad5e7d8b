package io.fingerpost.routes.inbound.socialcare;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that gives so many bytes and then no more: whatever was packed into it. */
final class Limited extends FilterInputStream {

  /** There was more. */
  static final class Exceeded extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private long left;

  Limited(InputStream in, long bytes) {
    super(in);
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      count(1);
    }
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws Exceeded {
    left -= bytes;
    if (left < 0) {
      throw new Exceeded();
    }
  }
}
