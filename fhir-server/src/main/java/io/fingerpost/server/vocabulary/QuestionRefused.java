package io.fingerpost.server.vocabulary;

/** The terminology server is there, and cannot answer this one question. */
final class QuestionRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QuestionRefused(int status) {
    super("status " + status);
  }
}
