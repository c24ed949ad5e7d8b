package io.fingerpost.routes.inbound.socialcare;

/**
 * A council's entry in the registry that cannot be worked by; it says which part, never its text.
 */
final class UnusableSettings extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableSettings(String setting) {
    super(setting);
  }
}
