package io.fingerpost.routes.sharing;

/** The partner's system answered, and will not take this message as it is. */
public final class PartnerRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String answer;

  /**
   * @param answer its code: {@code AE}, {@code HTTP 422}; nothing of its text
   */
  public PartnerRefused(String answer) {
    super(answer);
    this.answer = answer;
  }

  public String answer() {
    return answer;
  }
}
