package io.fingerpost.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The GP system's own end: takes what it is told by FHIR message, and keeps it. */
final class GpEndpoint implements Closeable {

  /** One message as it came. */
  record Received(String path, String requestId, String body) {}

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  private GpEndpoint(HttpServer server) {
    this.server = server;
  }

  static GpEndpoint on(int port) throws IOException {
    return started(HttpServer.create(new InetSocketAddress("localhost", port), 0));
  }

  /** By HTTPS, for those alone who show a certificate of the authority. */
  static GpEndpoint on(int port, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", port), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    return started(server);
  }

  private static GpEndpoint started(HttpServer server) {
    GpEndpoint endpoint = new GpEndpoint(server);
    server.createContext("/", endpoint::take);
    server.start();
    return endpoint;
  }

  List<Received> received() {
    return received;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      received.add(
          new Received(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("X-Request-Id"),
              body));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
