package io.fingerpost.bench.load;

import java.io.IOException;

/** One client of a closed loop. */
interface Worker extends AutoCloseable {

  /** Does it once and waits for the answer; false when the answer was not the one hoped for. */
  boolean once() throws Exception;

  @Override
  default void close() throws IOException {}
}
