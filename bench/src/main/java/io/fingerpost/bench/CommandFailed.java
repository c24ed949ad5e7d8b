package io.fingerpost.bench;

import org.jspecify.annotations.Nullable;

/** The command could not do what it is for; the message says why, and what to do. */
public final class CommandFailed extends RuntimeException {

  public CommandFailed(String message) {
    super(message);
  }

  public CommandFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
