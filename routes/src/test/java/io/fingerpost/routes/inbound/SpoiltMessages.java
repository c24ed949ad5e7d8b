package io.fingerpost.routes.inbound;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.slf4j.LoggerFactory;

/**
 * How many spoilt messages a property is tried with: few at each build, more by {@code
 * -Dfuzz.tries=100000}. What failed is printed with its seed, and {@code -Dfuzz.seed=} repeats it.
 */
public final class SpoiltMessages implements AroundPropertyHook {

  /** A line in the log for each would be a book. */
  private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.fingerpost");

  private static final int TRIES = Integer.getInteger("fuzz.tries", 300);

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    context.attributes().setTries(TRIES);
    String seed = System.getProperty("fuzz.seed", "");
    if (!seed.isEmpty()) {
      context.attributes().setSeed(seed);
    }
    Level before = OURS.getLevel();
    OURS.setLevel(Level.OFF);
    try {
      return property.execute();
    } finally {
      OURS.setLevel(before);
    }
  }
}
