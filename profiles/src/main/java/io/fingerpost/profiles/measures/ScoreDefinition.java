package io.fingerpost.profiles.measures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ObservationDefinition;

/**
 * What is published of one score of a measure.
 *
 * @param code in the code system {@code measure}
 * @param measure the measure it is a score of, in the same system
 * @param definition the resource it was read from, with licence note and source
 */
public record ScoreDefinition(
    String code,
    String measure,
    Scale scale,
    Recipe recipe,
    Reading reading,
    ObservationDefinition definition) {

  /** The items it is made of; a score given as it is is an item of its own. */
  public List<String> items() {
    return recipe.items().isEmpty() ? List.of(code) : recipe.items();
  }

  /**
   * Whether a number can be this score at all: within the range, and in the table if it has one.
   */
  public boolean has(BigDecimal value) {
    return scale.has(value)
        && (recipe.conversion().isEmpty()
            || recipe.conversion().values().stream().anyMatch(it -> it.compareTo(value) == 0));
  }

  boolean isAnswered(Map<String, BigDecimal> answers) {
    return items().stream().anyMatch(answers::containsKey);
  }

  /** What keeps the answers from making this score; nothing when none of its items is answered. */
  List<ItemFault> faults(Map<String, BigDecimal> answers) {
    List<ItemFault> faults = new ArrayList<>();
    if (!isAnswered(answers)) {
      return faults;
    }
    for (String item : items()) {
      BigDecimal answer = answers.get(item);
      if (answer == null) {
        faults.add(new ItemFault(ItemFault.Code.ITEM_MISSING, item));
      } else if (!recipe.answers().has(answer)) {
        faults.add(new ItemFault(ItemFault.Code.ITEM_OUT_OF_RANGE, item));
      }
    }
    return faults;
  }

  Score scoreOf(Map<String, BigDecimal> answers) {
    BigDecimal sum = items().stream().map(answers::get).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal value = recipe.scoreFor(sum);
    return new Score(this, value, reading.bandOf(value));
  }
}
