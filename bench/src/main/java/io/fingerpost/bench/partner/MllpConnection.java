package io.fingerpost.bench.partner;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A hospital's connection to the MLLP listener. Messages may be sent ahead of their answers, which
 * come in the order of the messages.
 */
public final class MllpConnection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private MllpConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  public static MllpConnection open(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(new InetSocketAddress("localhost", port), CONNECT_MILLIS);
      return new MllpConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a message and waits for its answer. */
  public String exchange(String message) throws IOException {
    send(message);
    return answer();
  }

  public void send(String message) throws IOException {
    MllpFrames.write(message, out);
  }

  public String answer() throws IOException {
    return MllpFrames.read(in);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
