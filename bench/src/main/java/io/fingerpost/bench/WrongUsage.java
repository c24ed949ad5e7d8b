package io.fingerpost.bench;

/** The command was not called as it is meant to be. */
public final class WrongUsage extends RuntimeException {

  public WrongUsage(String message) {
    super(message);
  }
}
