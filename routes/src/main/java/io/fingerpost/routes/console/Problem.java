package io.fingerpost.routes.console;

import org.springframework.http.HttpStatus;

/** Why what an operator asked for is not done: a stable code, and what to do. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final String remedy;

  Problem(HttpStatus status, String code, String remedy) {
    super(code);
    this.status = status;
    this.code = code;
    this.remedy = remedy;
  }

  static Problem badRequest(String code, String remedy) {
    return new Problem(HttpStatus.BAD_REQUEST, code, remedy);
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  String remedy() {
    return remedy;
  }
}
