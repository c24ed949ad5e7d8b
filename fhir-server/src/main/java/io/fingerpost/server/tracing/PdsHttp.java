package io.fingerpost.server.tracing;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request to the service: for so long, and takes so much, and no more. */
final class PdsHttp {

  private static final int LARGEST_ANSWER = 1 << 20;

  private final HttpClient http;
  private final PdsSettings settings;

  PdsHttp(PdsSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * @param prefix of the cause where there is no answer
   */
  HttpResponse<String> send(HttpRequest.Builder request, String prefix) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request.build(), info -> new BoundedBody(LARGEST_ANSWER));
    try {
      // The body too: the client's own time runs out with the headers.
      return answer.get(settings.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new PdsUnavailable(prefix + "TIMEOUT");
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new PdsUnavailable(prefix + cause.getClass().getSimpleName());
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new PdsUnavailable(prefix + "STOPPED");
    }
  }
}
