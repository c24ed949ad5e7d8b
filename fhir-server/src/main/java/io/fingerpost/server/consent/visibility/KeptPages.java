package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import com.google.common.hash.Hashing;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.consent.enforcement.ConsentEnforcement;
import io.fingerpost.server.consent.enforcement.Narrowed;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A list kept for paging is its client's alone: its id says whose. With another client's link it
 * does not exist.
 */
@Interceptor
public final class KeptPages {

  private static final int FIRST = -100;
  private static final int RANDOM = 32;
  private static final int OWNER = 16;

  @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
  public void name(RequestDetails request, ICachedSearchDetails search) {
    if (request != null && !ConsentEnforcement.isFree(request)) {
      Caller.of(request)
          .ifPresent(
              caller -> {
                String random = UUID.randomUUID().toString().replace("-", "");
                search.setUuid(random + owner(random, caller));
              });
    }
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = FIRST)
  public void turn(RequestDetails request) {
    if (request.getRestOperationType() != RestOperationTypeEnum.GET_PAGE
        || ConsentEnforcement.isFree(request)) {
      return;
    }
    String[] ids = request.getParameters().get(Constants.PARAM_PAGINGACTION);
    boolean own =
        ids != null
            && ids.length == 1
            && Caller.of(request).map(caller -> isOf(caller, ids[0])).orElse(false);
    if (!own) {
      throw new ResourceGoneException("the list does not exist, or is kept no longer");
    }
    Narrowed.mark(request);
  }

  private static boolean isOf(Caller caller, String id) {
    return id.length() == RANDOM + OWNER
        && id.substring(RANDOM).equals(owner(id.substring(0, RANDOM), caller));
  }

  /** No secret: an id made for one client says so, whoever uses it. */
  private static String owner(String random, Caller caller) {
    return Hashing.sha256()
        .hashString(random + " " + caller.client() + " " + caller.purpose(), StandardCharsets.UTF_8)
        .toString()
        .substring(0, OWNER);
  }
}
