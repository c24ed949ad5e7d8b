package io.fingerpost.profiles.measures;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a score comes to be.
 *
 * @param items whose answers are summed; empty for a score that is given as it is
 * @param answers what each item may be answered with
 * @param conversion the score each sum stands for; empty where the sum is the score
 * @param lookbackMonths how long before the answer a count reaches back; 0 for the moment itself
 */
public record Recipe(
    List<String> items, Scale answers, Map<Integer, BigDecimal> conversion, int lookbackMonths) {

  public Recipe {
    items = List.copyOf(items);
    conversion = Map.copyOf(conversion);
  }

  BigDecimal scoreFor(BigDecimal sum) {
    return conversion.isEmpty()
        ? sum
        : Objects.requireNonNull(conversion.get(sum.intValueExact()), "a table with a gap");
  }
}
