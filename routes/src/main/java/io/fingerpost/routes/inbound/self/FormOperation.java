package io.fingerpost.routes.inbound.self;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageDigests;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * {@code POST /fhir/QuestionnaireResponse/$refer}: takes a referral form as the bytes it is, and
 * answers only once it is stored, refused, or known to be ours to mend.
 */
public final class FormOperation {

  private static final Logger log = LoggerFactory.getLogger(FormOperation.class);

  private static final Pattern JSON =
      Pattern.compile("application/(fhir\\+)?json(\\s*;\\s*charset=\"?utf-8\"?)?");

  private final Intake intake;
  private final PartnerRegistry partners;
  private final FormSettings settings;
  private final FormContent content = new FormContent();

  FormOperation(Intake intake, PartnerRegistry partners, FormSettings settings) {
    this.intake = intake;
    this.partners = partners;
    this.settings = settings;
  }

  @Operation(
      name = "$refer",
      type = QuestionnaireResponse.class,
      manualRequest = true,
      manualResponse = true)
  public void refer(ServletRequestDetails details, HttpServletResponse response)
      throws IOException {
    FormAnswer answer = answer(details);
    response.setStatus(answer.status());
    if (answer.status() == 503) {
      response.setHeader("Retry-After", String.valueOf(settings.retryAfter().toSeconds()));
    }
    response.setContentType("application/fhir+json;charset=UTF-8");
    String text = details.getFhirContext().newJsonParser().encodeResourceToString(answer.body());
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private FormAnswer answer(ServletRequestDetails details) throws IOException {
    try {
      String sender = sender().organisation();
      byte[] body = body(details);
      return answer(sender, body);
    } catch (MessageRefused refused) {
      log.info("outcome=refused code={} location={}", refused.code(), refused.location());
      return FormAnswer.refused(faults(refused.refusal()));
    }
  }

  /** As {@code sender} is answered to {@code body}, whichever intake takes it. */
  FormAnswer answer(String sender, byte[] body) {
    Receipt receipt;
    try {
      receipt = taken(sender, body);
    } catch (RuntimeException unkept) {
      log.warn("outcome=failed cause={}", unkept.getClass().getSimpleName());
      return FormAnswer.failed();
    }
    if (receipt.outcome() instanceof Outcome.Refused refused) {
      return refused(refused.refusal(), body, receipt.receivedAt());
    }
    return receipt.outcome() instanceof Outcome.Failed
        ? FormAnswer.failed()
        : FormAnswer.taken(receipt.id());
  }

  /** What has no name of its own is kept under its bytes', like everything that comes. */
  private Receipt taken(String sender, byte[] body) {
    String id;
    try {
      id = FormContent.messageId(body);
    } catch (MessageRefused unnamed) {
      return intake.refuse(sender, MessageDigests.of(body), body, unnamed);
    }
    return intake.receive(sender, id, body);
  }

  /** The log has room for one fault; all are found again, as they were when it first came. */
  private FormAnswer refused(Refusal refusal, byte[] body, Instant receivedAt) {
    List<Fault> all =
        refusal.code().equals(Code.MESSAGE_ID_REUSED.name())
            ? List.of()
            : content.faults(body, receivedAt);
    return FormAnswer.refused(all.isEmpty() ? faults(refusal) : all);
  }

  private static List<Fault> faults(Refusal refusal) {
    return List.of(new Fault(Code.valueOf(refusal.code()), refusal.location(), refusal.remedy()));
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

  private byte[] body(ServletRequestDetails details) throws IOException {
    String type = Optional.ofNullable(details.getServletRequest().getContentType()).orElse("");
    if (!JSON.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
      throw new MessageRefused(
          Code.TYPE_UNSUPPORTED, "header:Content-Type", "Send application/fhir+json in UTF-8.");
    }
    int limit = Math.toIntExact(settings.maxSize().toBytes());
    byte[] loaded = details.getRequestContentsIfLoaded();
    byte[] body =
        loaded == null
            ? details.getServletRequest().getInputStream().readNBytes(limit + 1)
            : loaded;
    if (body.length > limit) {
      throw new MessageRefused(
          Code.MESSAGE_TOO_LARGE,
          "QuestionnaireResponse",
          "Send at most " + limit + " bytes in a form.");
    }
    details.setRequestContents(body);
    return body;
  }
}
