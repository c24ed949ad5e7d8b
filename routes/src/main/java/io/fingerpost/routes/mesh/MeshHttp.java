package io.fingerpost.routes.mesh;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Speaks HTTP with MESH, showing our certificate. What it gets is bounded in size and in time, and
 * an answer that is none of 2xx is an exception.
 */
final class MeshHttp {

  private final MeshSettings settings;
  private final Supplier<SSLContext> tls;
  private volatile Connected connected;

  /** A client, and what it was made with. */
  private record Connected(HttpClient client, SSLContext tls) {}

  /**
   * @param tls the context of the moment; the same object until the files change
   */
  MeshHttp(MeshSettings settings, Supplier<SSLContext> tls) {
    this.settings = settings;
    this.tls = tls;
    this.connected = connect(tls.get());
  }

  private Connected connect(SSLContext current) {
    // The client checks that the server's certificate bears its name, and follows no redirect.
    return new Connected(
        HttpClient.newBuilder()
            .connectTimeout(settings.pace().connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(current)
            .build(),
        current);
  }

  private HttpClient client() {
    SSLContext current = tls.get();
    if (connected.tls() != current) {
      connected = connect(current);
    }
    return connected.client();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(settings.base() + path))
        .timeout(settings.pace().answer())
        .header("Accept", "application/vnd.mesh.v2+json");
  }

  /**
   * @param most bytes of body; one more says that there were more
   * @throws MeshRefused for 4xx but 408, 425 and 429
   * @throws MeshUnreachable for everything else that is not 2xx, and for silence
   */
  HttpResponse<byte[]> answer(HttpRequest request, long most) {
    HttpResponse<byte[]> response = send(request, most);
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return response;
    }
    if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429) {
      throw new MeshRefused(status);
    }
    throw new MeshUnreachable("HTTP " + status);
  }

  private HttpResponse<byte[]> send(HttpRequest request, long most) {
    BoundedBody body = new BoundedBody(most);
    CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request, info -> body);
    try {
      return answer.get(settings.pace().answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw unreachable(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw unreachable(late);
    } catch (InterruptedException stopping) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable(stopping);
    } finally {
      body.close();
    }
  }

  /** By kind only: the text of a cause may hold the address. */
  private static MeshUnreachable unreachable(Throwable cause) {
    return new MeshUnreachable(cause.getClass().getSimpleName());
  }
}
