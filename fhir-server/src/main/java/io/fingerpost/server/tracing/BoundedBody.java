package io.fingerpost.server.tracing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The text of an answer, of which no more is taken than there can sensibly be. */
final class BoundedBody implements BodySubscriber<String> {

  private final CompletableFuture<String> body = new CompletableFuture<>();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final int limit;
  private Flow.Subscription subscription;

  /**
   * @param limit in bytes
   */
  BoundedBody(int limit) {
    this.limit = limit;
    this.subscription =
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            // nothing comes before there is a subscription
          }

          @Override
          public void cancel() {
            // nor is there anything to end
          }
        };
  }

  @Override
  public CompletionStage<String> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      taken.writeBytes(bytes);
    }
    if (taken.size() > limit) {
      subscription.cancel();
      body.completeExceptionally(new IOException("answer too large"));
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(taken.toString(StandardCharsets.UTF_8));
  }
}
