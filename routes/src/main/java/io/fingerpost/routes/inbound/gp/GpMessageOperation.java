package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageDigests;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.gp.GpAnswers.Answer;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * {@code POST /fhir/$process-message}: takes a GP system's message as the bytes it is, and answers
 * only once it is stored, refused, or known to be ours to mend.
 */
public final class GpMessageOperation {

  private static final Logger log = LoggerFactory.getLogger(GpMessageOperation.class);

  private final Intake intake;
  private final PartnerRegistry partners;
  private final GpSettings settings;

  GpMessageOperation(Intake intake, PartnerRegistry partners, GpSettings settings) {
    this.intake = intake;
    this.partners = partners;
    this.settings = settings;
  }

  @Operation(name = "$process-message", manualRequest = true, manualResponse = true)
  public void message(ServletRequestDetails details, HttpServletResponse response)
      throws IOException {
    HttpServletRequest request = details.getServletRequest();
    GpHeaders headers = new GpHeaders(request);
    headers.mirror(response);
    write(answer(details, headers), details, response);
  }

  private Answer answer(ServletRequestDetails details, GpHeaders headers) throws IOException {
    try {
      Partner sender = sender();
      headers.require();
      return answer(sender, body(details));
    } catch (MessageRefused refused) {
      log.info("outcome=refused code={} location={}", refused.code(), refused.location());
      return GpAnswers.refused(refused.refusal());
    }
  }

  /** As {@code sender} is answered to {@code body}, whichever intake takes it. */
  Answer answer(Partner sender, byte[] body) {
    Receipt receipt;
    try {
      receipt = taken(sender, body);
    } catch (RuntimeException unkept) {
      log.warn("outcome=failed cause={}", unkept.getClass().getSimpleName());
      return GpAnswers.failed();
    }
    return receipt.outcome().told(new Told(receipt, sender, body));
  }

  /** The answer for each outcome of one message. */
  private final class Told implements Outcome.Telling<Answer> {
    private final Receipt receipt;
    private final Partner sender;
    private final byte[] body;

    Told(Receipt receipt, Partner sender, byte[] body) {
      this.receipt = receipt;
      this.sender = sender;
      this.body = body;
    }

    @Override
    public Answer stored(Outcome.Stored stored) {
      return kept(stored.reference());
    }

    @Override
    public Answer noted(Outcome.Noted noted) {
      return noted.reference() == null ? GpAnswers.failed() : kept(noted.reference());
    }

    private Answer kept(String reference) {
      return receipt.repeated()
          ? GpAnswers.duplicate()
          : new Answer(200, GpReceipt.of(receipt, reference, message(), sender, scheme()));
    }

    @Override
    public Answer held(Outcome.Held held) {
      return receipt.repeated()
          ? GpAnswers.duplicate()
          : new Answer(200, GpReceipt.held(receipt, message(), sender, scheme()));
    }

    @Override
    public Answer refused(Outcome.Refused refused) {
      return GpAnswers.refused(refused.refusal());
    }

    @Override
    public Answer failed(Outcome.Failed failed) {
      return GpAnswers.failed();
    }

    private GpMessage message() {
      return GpMessage.read(body);
    }

    private Scheme scheme() {
      return partners.scheme();
    }
  }

  private Receipt taken(Partner sender, byte[] body) {
    String id;
    try {
      id = WireText.read(body).messageId();
    } catch (MessageRefused refused) {
      return intake.refuse(sender.organisation(), MessageDigests.of(body), body, refused);
    }
    return intake.receive(sender.organisation(), id, body);
  }

  private Partner sender() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .map(Authentication::getName)
        .flatMap(partners::ofClient)
        .orElseThrow(
            () ->
                new MessageRefused(
                    Code.SENDER_UNKNOWN,
                    "header:Authorization",
                    "Ask the scheme to register your client with your organisation."));
  }

  /** Never more than the limit is read, whatever the sender says the length is. */
  private byte[] body(ServletRequestDetails details) throws IOException {
    int limit = Math.toIntExact(settings.maxSize().toBytes());
    byte[] loaded = details.getRequestContentsIfLoaded();
    byte[] body =
        loaded == null
            ? details.getServletRequest().getInputStream().readNBytes(limit + 1)
            : loaded;
    if (body.length > limit) {
      throw new MessageRefused(
          Code.MESSAGE_TOO_LARGE,
          "Bundle",
          "Send messages of at most " + limit + " bytes; leave attachments out.");
    }
    details.setRequestContents(body);
    return body;
  }

  private void write(Answer answer, ServletRequestDetails details, HttpServletResponse response)
      throws IOException {
    EncodingEnum encoding =
        RestfulServerUtils.determineResponseEncodingWithDefault(details).getEncoding();
    FhirContext fhir = details.getFhirContext();
    IParser parser = encoding == EncodingEnum.XML ? fhir.newXmlParser() : fhir.newJsonParser();
    Resource body = answer.body();
    response.setStatus(answer.status());
    if (answer.status() == 503) {
      response.setHeader("Retry-After", String.valueOf(settings.retryAfter().toSeconds()));
    }
    response.setContentType(
        (encoding == EncodingEnum.XML ? "application/fhir+xml" : "application/fhir+json")
            + ";charset=UTF-8");
    response
        .getOutputStream()
        .write(parser.encodeResourceToString(body).getBytes(StandardCharsets.UTF_8));
  }
}
