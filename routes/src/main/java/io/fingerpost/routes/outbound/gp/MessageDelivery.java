package io.fingerpost.routes.outbound.gp;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import io.fingerpost.routes.sharing.PartnerRefused;
import io.fingerpost.routes.sharing.PartnerTls;
import io.fingerpost.routes.sharing.PartnerUnreachable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Posts a FHIR message to a GP system and says what became of it: taken (also if it had been taken
 * before), {@link PartnerRefused}, or {@link PartnerUnreachable}. It does not retry: the outbox
 * does, with the same ids.
 */
public final class MessageDelivery {

  private final DeliverySettings settings;
  private final PartnerTls tls;
  private volatile Connected connected;

  /** A client, and what it was made with. */
  private record Connected(HttpClient client, PartnerTls.Current tls) {}

  public MessageDelivery(DeliverySettings settings, PartnerTls tls) {
    this.settings = settings;
    this.tls = tls;
    this.connected = connect(tls.current());
  }

  private Connected connect(PartnerTls.Current current) {
    // A redirect would take the person's data to an address nobody registered.
    return new Connected(
        HttpClient.newBuilder()
            .connectTimeout(settings.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(current.context())
            .sslParameters(current.parameters())
            .build(),
        current);
  }

  private HttpClient client() {
    PartnerTls.Current current = tls.current();
    if (connected.tls() != current) {
      connected = connect(current);
    }
    return connected.client();
  }

  /**
   * @param endpointBase base URL that takes {@code $process-message}
   * @param messageId the outbox row's id, a UUID; the same at every try
   */
  public void send(String endpointBase, String messageId, Bundle message) {
    HttpResponse<byte[]> response = answer(request(endpointBase, messageId, message));
    int status = response.statusCode();
    if (status >= 200 && status < 300 || status == 409 && isDuplicate(response.body())) {
      return;
    }
    if (status >= 500 || status == 408 || status == 429) {
      throw new PartnerUnreachable("HTTP " + status);
    }
    throw new PartnerRefused("HTTP " + status);
  }

  private HttpRequest request(String endpointBase, String messageId, Bundle message) {
    String body = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(message);
    return HttpRequest.newBuilder(URI.create(withoutSlash(endpointBase) + "/$process-message"))
        .timeout(settings.answer())
        .header("Content-Type", "application/fhir+json;charset=UTF-8")
        .header("Accept", "application/fhir+json")
        .header("X-Request-Id", messageId)
        .header("X-Correlation-Id", correlationId(messageId, message))
        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
        .build();
  }

  private static String withoutSlash(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  /** One for all that is told about one referral: made from the message that brought it. */
  private static String correlationId(String messageId, Bundle message) {
    String subject =
        message.getEntryFirstRep().getResource() instanceof MessageHeader header
            ? header.getResponse().getIdentifier()
            : null;
    return subject == null
        ? messageId
        : UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private HttpResponse<byte[]> answer(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client().sendAsync(request, info -> new Beginning());
    try {
      return answer.get(settings.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw unreachable(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw unreachable(late);
    } catch (InterruptedException stopping) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable(stopping);
    }
  }

  /** By kind only: the text of a cause may hold the address. */
  private static PartnerUnreachable unreachable(Throwable cause) {
    return new PartnerUnreachable(cause.getClass().getSimpleName());
  }

  private static boolean isDuplicate(byte[] body) {
    try {
      return FhirContext.forR4Cached()
          .newJsonParser()
          .parseResource(OperationOutcome.class, new String(body, StandardCharsets.UTF_8))
          .getIssue()
          .stream()
          .anyMatch(issue -> issue.getCode() == IssueType.DUPLICATE);
    } catch (DataFormatException | IllegalArgumentException | ClassCastException other) {
      return false;
    }
  }
}
