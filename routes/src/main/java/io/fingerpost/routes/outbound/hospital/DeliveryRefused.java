package io.fingerpost.routes.outbound.hospital;

/**
 * The partner's system answered, and did not take the message. Sending it again unchanged cannot
 * help when it says AE or CE; AR and CR may pass.
 */
public final class DeliveryRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  DeliveryRefused(String code) {
    super("the partner answered " + code);
    this.code = code;
  }

  /** MSA-1 of the answer: AE, AR, CE or CR. */
  public String code() {
    return code;
  }
}
