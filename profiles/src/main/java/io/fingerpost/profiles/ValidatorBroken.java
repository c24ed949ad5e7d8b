package io.fingerpost.profiles;

/**
 * The validator itself failed, which is our fault and not the sender's. It keeps where it happened
 * and not what was said: the original message may quote the resource.
 */
public final class ValidatorBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ValidatorBroken(RuntimeException original) {
    super("the validator failed with " + original.getClass().getName());
    setStackTrace(original.getStackTrace());
  }
}
