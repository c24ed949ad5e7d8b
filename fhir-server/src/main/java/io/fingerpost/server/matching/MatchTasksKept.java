package io.fingerpost.server.matching;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Task;

/**
 * Keeps the Tasks that ask whom a message is about as they are until they are decided, and as they
 * were decided: completed by hand, one would leave its message held for ever.
 */
@Interceptor
public final class MatchTasksKept {

  private static final String DECIDES = MatchTasksKept.class.getName();

  MatchTasksKept() {}

  /** The request of whoever writes a decision. */
  static RequestDetails inOurName() {
    RequestDetails request = new SystemRequestDetails();
    request.getUserData().put(DECIDES, Boolean.TRUE);
    return request;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void created(IBaseResource resource, RequestDetails request) {
    boolean byTheProgram =
        request instanceof SystemRequestDetails
            || Caller.of(request).map(caller -> caller.is(Role.ROUTES)).orElse(false);
    if (isKept(resource) && !byTheProgram) {
      throw MatchRefused.MATCH_TASK_KEPT.refusal();
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void changed(IBaseResource before, IBaseResource after, RequestDetails request) {
    if ((isKept(before) || isKept(after)) && !decides(request)) {
      throw MatchRefused.MATCH_TASK_KEPT.refusal();
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleted(IBaseResource resource, RequestDetails request) {
    if (isKept(resource)) {
      throw MatchRefused.MATCH_TASK_KEPT.refusal();
    }
  }

  private static boolean decides(RequestDetails request) {
    return request != null && request.getUserData().containsKey(DECIDES);
  }

  private static boolean isKept(IBaseResource resource) {
    return resource instanceof Task task && MatchTask.is(task);
  }
}
