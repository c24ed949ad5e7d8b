package io.fingerpost.server.access;

/** The registry file cannot be used: where in it, each place, and none of what it says there. */
final class RegistryFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String location;

  RegistryFault(String location, Throwable cause) {
    super(location, cause);
    this.location = location;
  }

  RegistryFault(String location) {
    super(location);
    this.location = location;
  }

  String location() {
    return location;
  }
}
