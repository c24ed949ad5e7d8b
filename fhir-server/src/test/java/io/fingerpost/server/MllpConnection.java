package io.fingerpost.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One end of an MLLP connection, on a plain socket and nothing else. */
final class MllpConnection implements Closeable {

  private static final int START = 0x0b;
  private static final int END = 0x1c;
  private static final int PATIENCE_MILLIS = 90_000;

  private final Socket socket;
  private final InputStream in;

  MllpConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static MllpConnection to(int port) throws IOException {
    return new MllpConnection(new Socket("localhost", port));
  }

  /** A connection, one message, its answer. */
  static String answer(int port, String message) throws IOException {
    try (MllpConnection connection = to(port)) {
      connection.send(message);
      return connection.receive();
    }
  }

  static byte[] frame(String message) {
    byte[] content = message.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream(content.length + 3);
    frame.write(START);
    frame.writeBytes(content);
    frame.write(END);
    frame.write('\r');
    return frame.toByteArray();
  }

  void send(String message) throws IOException {
    write(frame(message));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The content of the next frame. */
  String receive() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int next = read();
    if (next != START) {
      throw new IOException("no frame begins here");
    }
    for (next = read(); next != END; next = read()) {
      content.write(next);
    }
    if (read() != '\r') {
      throw new IOException("the frame does not end");
    }
    return content.toString(StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("closed by the other end");
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
