package io.fingerpost.bench.partner;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

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
    return open(new Socket(), port);
  }

  /** By TLS; the server has to prove that it is the one called. */
  public static MllpConnection open(int port, SSLContext tls) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return open(socket, port);
  }

  private static MllpConnection open(Socket socket, int port) throws IOException {
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
