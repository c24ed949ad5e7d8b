package io.fingerpost.bench.partner;

import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Plain HTTP, one client for the whole process. */
public final class Http {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  public Answer send(String method, URI address, Map<String, String> headers, String body) {
    return send(method, address, headers, body, PATIENCE);
  }

  Answer send(
      String method, URI address, Map<String, String> headers, String body, Duration patience) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (IOException unreachable) {
      throw new CommandFailed(
          "No answer from "
              + address.resolve("/")
              + " ("
              + reason(unreachable)
              + "). Is the server running? ./fingerpost serve, or ./fingerpost demo",
          unreachable);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("stopped", stopping);
    }
  }

  /** The root of it: what stands above says no more than that there was no connection. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = root.getMessage() == null ? "" : ": " + root.getMessage();
    return root.getClass().getSimpleName() + said;
  }
}
