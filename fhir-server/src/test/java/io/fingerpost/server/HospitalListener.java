package io.fingerpost.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** The hospital's own end: takes what it is told by MLLP, keeps it, and says that it has it. */
final class HospitalListener implements Closeable {

  private final ServerSocket server;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isSilent;

  private HospitalListener(ServerSocket server) {
    this.server = server;
  }

  static HospitalListener on(int port) throws IOException {
    HospitalListener listener = new HospitalListener(new ServerSocket(port));
    listener.start(listener::takeConnections);
    return listener;
  }

  /** By TLS, for those alone who show a certificate of the authority. */
  static HospitalListener on(int port, SSLContext tls) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(port);
    server.setNeedClientAuth(true);
    HospitalListener listener = new HospitalListener(server);
    listener.start(listener::takeConnections);
    return listener;
  }

  List<String> received() {
    return received;
  }

  /** Takes what it is told, and does not say that it has it. */
  void keepSilent(boolean silent) {
    isSilent = silent;
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "hospital-listener");
    thread.setDaemon(true);
    thread.start();
  }

  private void takeConnections() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> takeMessages(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void takeMessages(Socket socket) {
    try (MllpConnection connection = new MllpConnection(socket)) {
      while (true) {
        String message = connection.receive();
        received.add(message);
        if (isSilent) {
          continue;
        }
        connection.send(
            "MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|20260303101501||ACK|H"
                + received.size()
                + "|P|2.5.1\rMSA|AA|"
                + Hl7.field(message, "MSH", 10)
                + "\r");
      }
    } catch (IOException closed) {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
