package io.fingerpost.bench.partner;

import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.WrongUsage;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a Fingerpost server stands, as seen from this machine.
 *
 * @param httpPort of its FHIR API and token endpoint
 * @param mllpPort of its HL7 v2 listener
 * @param data its data directory
 */
public record Server(int httpPort, int mllpPort, Path data) {

  /** By the variables the server itself is set with; a relative directory is Fingerpost's own. */
  public static Server fromEnvironment() {
    Map<String, String> environment = System.getenv();
    return new Server(
        port(environment, "FINGERPOST_HTTP_PORT", "8080"),
        port(environment, "FINGERPOST_MLLP_PORT", "2575"),
        home().resolve(environment.getOrDefault("FINGERPOST_DATA", "data")));
  }

  /** Of MLLP over TLS, for a server that is to be started: a free one where none is named. */
  public static int mllpTlsPort() {
    Map<String, String> environment = System.getenv();
    if (environment.containsKey("FINGERPOST_MLLP_TLS_PORT")) {
      return port(environment, "FINGERPOST_MLLP_TLS_PORT", "");
    }
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandFailed("No port is free.", e);
    }
  }

  private static int port(Map<String, String> environment, String name, String otherwise) {
    String port = environment.getOrDefault(name, otherwise);
    if (!port.matches("[0-9]{1,5}")) {
      throw new WrongUsage(name + " is not a port number");
    }
    return Integer.parseInt(port);
  }

  private static Path home() {
    return Path.of(System.getProperty("fingerpost.home", ".")).toAbsolutePath().normalize();
  }

  public Server withData(Path other) {
    return new Server(httpPort, mllpPort, other.toAbsolutePath().normalize());
  }

  public static Path demoData() {
    return home().resolve("data").resolve("demo");
  }

  /** Where a client's private key may lie, the likeliest first. */
  public List<Path> keyDirectories() {
    return List.of(data.resolve("keys"), demoData().resolve("keys"));
  }

  public URI base() {
    return URI.create("http://localhost:" + httpPort);
  }

  public URI fhir(String path) {
    return URI.create(base() + "/fhir/" + path);
  }

  public URI tokenEndpoint() {
    return URI.create(base() + "/oauth2/token");
  }
}
