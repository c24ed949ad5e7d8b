package io.fingerpost.bench.partner;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Stands for a hospital's system: takes HL7 v2 messages, keeps them, answers AA. */
public final class MllpListener implements AutoCloseable {

  private final ServerSocket socket;
  private final Inbox inbox = new Inbox();

  private MllpListener(ServerSocket socket) {
    this.socket = socket;
  }

  /** On a free port of this machine, reachable from nowhere else. */
  public static MllpListener open() throws IOException {
    return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** The same by TLS, with certificates on both sides. */
  public static MllpListener open(SSLContext tls) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    return on(socket);
  }

  private static MllpListener on(ServerSocket socket) {
    MllpListener listener = new MllpListener(socket);
    start("hospital-listener", listener::accept);
    return listener;
  }

  public int port() {
    return socket.getLocalPort();
  }

  public Inbox inbox() {
    return inbox;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        start("hospital-connection", () -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection;
        InputStream in = new BufferedInputStream(connection.getInputStream())) {
      while (true) {
        String message = MllpFrames.read(in);
        inbox.add(message);
        MllpFrames.write(acknowledgement(message), connection.getOutputStream());
      }
    } catch (IOException gone) {
      // The other side has hung up, as it may after any message.
    }
  }

  static String acknowledgement(String message) {
    String id = Hl7.field(message, "MSH", 10);
    return "MSH|^~\\&|%s|%s|%s|%s|%s||ACK|ACK-%s|P|%s\rMSA|AA|%s\r"
        .formatted(
            Hl7.field(message, "MSH", 5),
            Hl7.field(message, "MSH", 6),
            Hl7.field(message, "MSH", 3),
            Hl7.field(message, "MSH", 4),
            Hl7.field(message, "MSH", 7),
            id,
            Hl7.field(message, "MSH", 12),
            id);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
