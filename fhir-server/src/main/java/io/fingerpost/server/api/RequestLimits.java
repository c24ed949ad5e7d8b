package io.fingerpost.server.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/** Refuses what would cost the server more than a request may: before it is parsed or searched. */
@Interceptor
final class RequestLimits {

  /** After the scopes, and before what is written is validated. */
  private static final int EARLY = 400;

  private static final Set<RestOperationTypeEnum> SEARCHES =
      Set.of(RestOperationTypeEnum.SEARCH_TYPE, RestOperationTypeEnum.SEARCH_SYSTEM);

  private final LimitSettings limits;

  RequestLimits(LimitSettings limits) {
    this.limits = limits;
  }

  /** The routes take their messages as the bytes they are, and hold them to limits of their own. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
  public void arrived(RequestDetails request) {
    if (BodyDepth.isWritten(request)
        && !"$process-message".equals(request.getOperation())
        && BodyDepth.isOver(limits.depth(), request)) {
      throw Errors.refused(Limit.BODY_TOO_DEEP);
    }
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = EARLY)
  public void understood(RequestDetails request) {
    if (request.getResource() instanceof Bundle bundle) {
      if (bundle.getEntry().size() > limits.entries()) {
        throw Errors.refused(Limit.BUNDLE_TOO_LARGE);
      }
      // HAPI searches for an entry without asking here again.
      if (bundle.getEntry().stream().anyMatch(this::isComplex)) {
        throw Errors.refused(Limit.SEARCH_TOO_COMPLEX);
      }
    }
    RestOperationTypeEnum operation = request.getRestOperationType();
    if (operation != null && SEARCHES.contains(operation) && isComplex(request.getParameters())) {
      throw Errors.refused(Limit.SEARCH_TOO_COMPLEX);
    }
  }

  private boolean isComplex(BundleEntryComponent entry) {
    String url = entry.getRequest().getUrl();
    int query = url == null ? -1 : url.indexOf('?');
    return query >= 0 && isComplex(UrlUtil.parseQueryString(url.substring(query + 1)));
  }

  private boolean isComplex(Map<String, String[]> parameters) {
    LimitSettings.Search most = limits.search();
    int count = 0;
    int includes = 0;
    int iterations = 0;
    for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      int times = parameter.getValue().length;
      count += times;
      if (name.startsWith("_include") || name.startsWith("_revinclude")) {
        includes += times;
        iterations += name.contains(":") ? times : 0;
      } else if (links(name) > most.chain()) {
        return true;
      }
      for (String values : parameter.getValue()) {
        if (values.chars().filter(character -> character == ',').count() >= most.values()) {
          return true;
        }
      }
    }
    return count > most.parameters()
        || includes > most.includes()
        || iterations > most.iterations();
  }

  private static long links(String name) {
    long chained = name.chars().filter(character -> character == '.').count();
    return chained + (name.length() - name.replace("_has:", "").length()) / "_has:".length();
  }

  /** What is told, with its status. */
  enum Limit {
    BODY_TOO_DEEP(400, "Nest less deeply."),
    BUNDLE_TOO_LARGE(413, "Send the entries in several Bundles."),
    SEARCH_TOO_COMPLEX(
        400, "Ask with fewer parameters, values, chained links or includes, in several searches.");

    private final int status;
    private final String remedy;

    Limit(int status, String remedy) {
      this.status = status;
      this.remedy = remedy;
    }

    int status() {
      return status;
    }

    String remedy() {
      return remedy;
    }
  }
}
