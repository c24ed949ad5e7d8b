package io.fingerpost.bench;

/** One thing this program does. */
@FunctionalInterface
public interface Command {

  /** Returns the exit code. */
  int run(Arguments arguments) throws InterruptedException;
}
