package io.fingerpost.routes.reliability;

import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Gives every log line of one piece of work the same correlation id: that of the request it came
 * with where there was one, else the id of the row it is about; never anything a message says.
 */
public final class Correlation {

  private static final String KEY = "correlation";

  private Correlation() {}

  public static <T> T of(UUID row, Supplier<T> work) {
    if (MDC.get(KEY) != null) {
      return work.get();
    }
    MDC.put(KEY, row.toString());
    try {
      return work.get();
    } finally {
      MDC.remove(KEY);
    }
  }

  public static void of(UUID row, Runnable work) {
    of(
        row,
        () -> {
          work.run();
          return row;
        });
  }
}
