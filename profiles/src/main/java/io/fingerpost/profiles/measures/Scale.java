package io.fingerpost.profiles.measures;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The numbers there can be, both ends among them.
 *
 * @param most null for a count, which has no end
 * @param whole whether only whole numbers are
 */
public record Scale(BigDecimal least, @Nullable BigDecimal most, boolean whole) {

  public boolean has(BigDecimal value) {
    return value.compareTo(least) >= 0
        && (most == null || value.compareTo(most) <= 0)
        && (!whole || value.stripTrailingZeros().scale() <= 0);
  }
}
