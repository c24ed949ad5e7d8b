package io.fingerpost.server.api;

import ca.uhn.fhir.context.ConfigurationException;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import io.fingerpost.server.storage.ReferralOnce;
import io.fingerpost.terminology.SystemUrl;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told when something is wrong: a stable code and what to do, in an
 * OperationOutcome. The storage's own texts quote URLs and values, so they go nowhere.
 */
@Interceptor
final class Errors {

  private static final Logger log = LoggerFactory.getLogger(Errors.class);

  /** Last: others may have made the exception more telling before. */
  @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = 2000)
  public BaseServerResponseException tell(Throwable failure, RequestDetails request) {
    if (failure instanceof DataFormatException || isUnreadableParameter(failure)) {
      return told(400);
    }
    if (ReferralOnce.isWhy(failure)) {
      return told(409);
    }
    BaseServerResponseException cause =
        failure instanceof BaseServerResponseException known
            ? known
            : new InternalErrorException("unexpected", failure);
    if (isOurs(cause.getOperationOutcome())) {
      return cause;
    }
    if (cause.getStatusCode() >= 500) {
      log.error("outcome=failed cause={}", failure.getClass().getName(), withoutText(failure));
    }
    return told(isPrecondition(cause, request) ? 412 : cause.getStatusCode());
  }

  /** FHIR's answer to a version that is no longer the current one; the storage says conflict. */
  private static boolean isPrecondition(BaseServerResponseException cause, RequestDetails request) {
    return cause.getStatusCode() == 409 && request.getHeader(Constants.HEADER_IF_MATCH) != null;
  }

  /**
   * HAPI lets through what a FHIR type throws at a parameter of an operation, and fails itself at
   * one of another type than the operation's: a sender's fault.
   */
  private static boolean isUnreadableParameter(Throwable failure) {
    return (failure instanceof IllegalArgumentException
            || failure instanceof ClassCastException
            || failure instanceof ConfigurationException)
        && Stream.of(failure.getStackTrace())
            .anyMatch(
                frame ->
                    frame
                        .getClassName()
                        .startsWith("ca.uhn.fhir.rest.server.method.OperationParameter"));
  }

  private static boolean isOurs(@Nullable Object outcome) {
    return outcome instanceof OperationOutcome ours
        && ours.getIssueFirstRep().getDetails().getCodingFirstRep().getSystem() != null;
  }

  /** Where it happened, without what it said: a driver's text may quote a row. */
  private static Throwable withoutText(Throwable failure) {
    Throwable bare = new Throwable(failure.getClass().getName());
    bare.setStackTrace(failure.getStackTrace());
    return bare;
  }

  /** In a batch each entry has its own answer, and HAPI puts its own texts there. */
  @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = 2000)
  public void tellOfEntries(ResponseDetails response) {
    if (response.getResponseResource() instanceof Bundle bundle
        && bundle.getType() == BundleType.BATCHRESPONSE) {
      for (BundleEntryComponent entry : bundle.getEntry()) {
        Resource outcome = entry.getResponse().getOutcome();
        int status = statusOf(entry.getResponse());
        if (status >= 400 && !isOurs(outcome)) {
          BaseServerResponseException told = told(status);
          entry.getResponse().setOutcome((OperationOutcome) told.getOperationOutcome());
          entry.getResponse().setStatus(Integer.toString(told.getStatusCode()));
        }
      }
    }
  }

  private static int statusOf(BundleEntryResponseComponent response) {
    String status = response.getStatus() == null ? "" : response.getStatus();
    return status.matches("[0-9]{3}.*") ? Integer.parseInt(status.substring(0, 3)) : 0;
  }

  static BaseServerResponseException refused(RequestLimits.Limit limit) {
    return as(limit.status(), IssueType.TOOCOSTLY, limit.name(), limit.remedy());
  }

  private static BaseServerResponseException told(int status) {
    return switch (status) {
      case 400 ->
          as(
              400,
              IssueType.INVALID,
              "REQUEST_INVALID",
              "The request is not understood. Compare it with /fhir/metadata.");
      case 401 ->
          as(401, IssueType.LOGIN, "TOKEN_NEEDED", "Send a bearer token from /oauth2/token.");
      case 403 ->
          as(
              403,
              IssueType.FORBIDDEN,
              "SCOPE_MISSING",
              "No scope of this client allows this. Ask the scheme what the client is registered for.");
      // Gone is told as never there: that something was deleted is not everyone's to know.
      case 404, 410 ->
          as(
              404,
              IssueType.NOTFOUND,
              "NOT_FOUND",
              "There is nothing here that this client may see.");
      case 405 ->
          as(
              405,
              IssueType.NOTSUPPORTED,
              "NOT_SUPPORTED",
              "This interaction is not served. See /fhir/metadata.");
      case 409 ->
          as(
              409,
              IssueType.CONFLICT,
              "CONFLICT",
              "Another change came first. Read the resource again, and repeat the change on it.");
      case 412 ->
          as(
              412,
              IssueType.CONFLICT,
              "PRECONDITION_FAILED",
              "The resource is not as the request expects. Read it again.");
      case 413 -> as(413, IssueType.TOOLONG, "REQUEST_TOO_LARGE", "Send less at a time.");
      case 429 ->
          as(
              429,
              IssueType.THROTTLED,
              "TOO_MANY_REQUESTS",
              "Wait as long as Retry-After says, and come more slowly.");
      case 422 ->
          as(
              422,
              IssueType.PROCESSING,
              "CONTENT_INVALID",
              "The content cannot be stored as it stands. Validate it against the profiles.");
      case 501 ->
          as(
              501,
              IssueType.NOTSUPPORTED,
              "NOT_SUPPORTED",
              "This is not served. See /fhir/metadata.");
      default ->
          as(
              status < 500 ? status : 500,
              IssueType.EXCEPTION,
              "FAILED",
              "The server could not do this. Try again later; quote the X-Correlation-Id to the scheme.");
    };
  }

  private static BaseServerResponseException as(
      int status, IssueType type, String code, String remedy) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(type)
        .setDiagnostics(remedy)
        .setDetails(
            new CodeableConcept()
                .addCoding(new Coding().setSystem(SystemUrl.REFUSAL.url()).setCode(code)));
    BaseServerResponseException told =
        status == 404
            ? new ResourceNotFoundException(code)
            : new UnclassifiedServerFailureException(status, code);
    told.setOperationOutcome(outcome);
    return told;
  }
}
