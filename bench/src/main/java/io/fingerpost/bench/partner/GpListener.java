package io.fingerpost.bench.partner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Stands for a GP's clinical system: takes FHIR messages, keeps them, answers 200. */
public final class GpListener implements AutoCloseable {

  private static final byte[] TAKEN =
      """
      {"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"}]}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final Inbox inbox = new Inbox();

  private GpListener(HttpServer server) {
    this.server = server;
  }

  /** On a free port of this machine, reachable from nowhere else. */
  public static GpListener open() throws IOException {
    GpListener listener =
        new GpListener(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50));
    listener.server.createContext("/fhir/$process-message", listener::take);
    listener.server.start();
    return listener;
  }

  /** Base URL that takes {@code $process-message}. */
  public String endpoint() {
    return "http://localhost:" + server.getAddress().getPort() + "/fhir";
  }

  public Inbox inbox() {
    return inbox;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      inbox.add(body);
      exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
      exchange.sendResponseHeaders(200, TAKEN.length);
      exchange.getResponseBody().write(TAKEN);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
