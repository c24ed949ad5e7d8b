package io.fingerpost.server.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What is refused before an endpoint sees it, told as that endpoint tells things: by an
 * OperationOutcome, and to landlords by a problem (RFC 9457).
 */
public enum RefusalAnswer {
  TOKEN_NEEDED(
      401,
      "login",
      "TOKEN_NEEDED",
      "Send a bearer token from /oauth2/token that is not older than its lifetime."),
  TOO_MANY(
      429,
      "throttled",
      "TOO_MANY_REQUESTS",
      "Wait as long as Retry-After says, and come more slowly. The scheme can register a higher rate."),
  SCOPE_MISSING(
      403,
      "forbidden",
      "SCOPE_MISSING",
      "Ask for a token with a scope for this; the scheme registers which scopes and roles you have."),
  NOT_SUPPORTED(405, "not-supported", "NOT_SUPPORTED", "This method is not served."),
  URL_TOO_LONG(
      414, "too-long", "URL_TOO_LONG", "Ask for less at a time, or search by POST to _search."),
  BODY_TOO_LARGE(413, "too-long", "REQUEST_TOO_LARGE", "Send less at a time."),
  COMPRESSED(415, "not-supported", "TYPE_UNSUPPORTED", "Send the body uncompressed.");

  private static final String OUTCOME =
      """
      {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"%s",\
      "details":{"coding":[{"system":"https://fingerpost.io/CodeSystem/refusal","code":"%s"}]},\
      "diagnostics":"%s"}]}""";

  private static final String LANDLORDS = "/housing/";
  private static final String PROBLEM =
      """
      {"title":"%s","status":%d,"code":"%s"}""";

  private final int status;
  private final String code;
  private final String body;
  private final String problem;

  RefusalAnswer(int status, String type, String code, String remedy) {
    this.status = status;
    this.code = code;
    this.body = OUTCOME.formatted(type, code, remedy);
    this.problem = PROBLEM.formatted(remedy, status, code);
  }

  /** The code of the refusal code system. */
  public String code() {
    return code;
  }

  public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean toLandlord = request.getRequestURI().startsWith(LANDLORDS);
    response.setStatus(status);
    response.setContentType(
        (toLandlord ? "application/problem+json" : "application/fhir+json") + ";charset=UTF-8");
    response.getWriter().write(toLandlord ? problem : body);
  }
}
