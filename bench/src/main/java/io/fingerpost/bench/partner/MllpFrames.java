package io.fingerpost.bench.partner;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** MLLP's frame: {@code <VT> message <FS> <CR>}. */
final class MllpFrames {

  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int CLOSE = 0x0D;

  private MllpFrames() {}

  static void write(String message, OutputStream out) throws IOException {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[text.length + 3];
    frame[0] = START;
    System.arraycopy(text, 0, frame, 1, text.length);
    frame[text.length + 1] = END;
    frame[text.length + 2] = CLOSE;
    out.write(frame);
    out.flush();
  }

  /** The next message; what stands between frames is skipped. */
  static String read(InputStream in) throws IOException {
    int next = in.read();
    while (next != START) {
      if (next < 0) {
        throw new EOFException("the other side has closed the connection");
      }
      next = in.read();
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream(512);
    while (true) {
      next = in.read();
      if (next < 0) {
        throw new EOFException("the frame was cut off");
      }
      if (next == END) {
        int after = in.read();
        if (after == CLOSE) {
          return message.toString(StandardCharsets.UTF_8);
        }
        message.write(END);
        next = after;
      }
      message.write(next);
    }
  }
}
