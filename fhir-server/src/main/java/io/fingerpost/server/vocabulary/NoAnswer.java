package io.fingerpost.server.vocabulary;

/** The terminology server did not say yes or no. Why, in a word or two and without any code. */
final class NoAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoAnswer(String why) {
    super(why);
  }
}
