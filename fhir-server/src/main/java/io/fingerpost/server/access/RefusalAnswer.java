package io.fingerpost.server.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What is refused before the FHIR endpoint sees it, told as the endpoint tells things. */
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

  private final int status;
  private final String code;
  private final String body;

  RefusalAnswer(int status, String type, String code, String remedy) {
    this.status = status;
    this.code = code;
    this.body = OUTCOME.formatted(type, code, remedy);
  }

  /** The code of the refusal code system. */
  public String code() {
    return code;
  }

  public void write(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType("application/fhir+json;charset=UTF-8");
    response.getWriter().write(body);
  }
}
