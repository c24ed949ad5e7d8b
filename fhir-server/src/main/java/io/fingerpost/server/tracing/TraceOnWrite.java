package io.fingerpost.server.tracing;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;

/**
 * Has people traced who are new or described anew, by a row in the transaction that writes them:
 * nobody waits for the service.
 */
@Interceptor
public final class TraceOnWrite {

  private static final String TRACED = TraceOnWrite.class.getName();

  private final TraceQueue queue;
  private final Duration good;
  private final Clock clock;

  /**
   * @param good how long an answer is good
   */
  TraceOnWrite(TraceQueue queue, Duration good, Clock clock) {
    this.queue = queue;
    this.good = good;
    this.clock = clock;
  }

  /** The request of whoever writes what came of a trace. */
  static RequestDetails inOurName() {
    RequestDetails request = new SystemRequestDetails();
    request.getUserData().put(TRACED, Boolean.TRUE);
    return request;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    if (resource instanceof Patient patient) {
      add(patient);
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    boolean isOurs = request != null && request.getUserData().containsKey(TRACED);
    if (after instanceof Patient patient && !isOurs) {
      add(patient);
    }
  }

  private void add(Patient patient) {
    Instant now = clock.instant();
    TraceQuestion.about(patient)
        .ifPresent(
            question ->
                queue.add(
                    "Patient/" + patient.getIdElement().getIdPart(),
                    question.digest(),
                    now,
                    now.minus(good)));
  }
}
