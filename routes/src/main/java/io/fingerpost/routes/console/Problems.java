package io.fingerpost.routes.console;

import io.fingerpost.routes.reliability.DeskRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every error of the console as problem details (RFC 9457): the code is the title. */
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> of(Problem problem) {
    return answer(problem.status(), problem.code(), problem.remedy());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> of(DeskRefused refused) {
    return answer(
        HttpStatus.valueOf(refused.code().status()),
        refused.code().name(),
        refused.code().remedy());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> of(HttpMessageNotReadableException unreadable) {
    return answer(HttpStatus.BAD_REQUEST, "REQUEST_UNCLEAR", "Send a body of JSON.");
  }

  /** Its own text may quote a row. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> of(RuntimeException failure) {
    log.error("outcome=failed cause={} at=console", failure.getClass().getSimpleName());
    return answer(
        HttpStatus.SERVICE_UNAVAILABLE,
        "TEMPORARILY_FAILED",
        "The fault is the server's. Nothing was done; look at its log, and try again.");
  }

  private static ResponseEntity<ProblemDetail> answer(
      HttpStatus status, String code, String remedy) {
    ProblemDetail problem = ProblemDetail.forStatus(status);
    problem.setTitle(code);
    problem.setDetail(remedy);
    return ResponseEntity.status(status).body(problem);
  }
}
