package io.fingerpost.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stood on the command line: words, {@code --options} with a value or none, and whatever
 * followed a {@code --} of its own.
 */
public record Arguments(List<String> words, Map<String, String> options, List<String> rest) {

  private static final String FLAG = "";

  public static Arguments of(List<String> line) {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < line.size(); i++) {
      String word = line.get(i);
      if (word.equals("--")) {
        return new Arguments(words, options, List.copyOf(line.subList(i + 1, line.size())));
      }
      if (!word.startsWith("--")) {
        words.add(word);
      } else if (word.contains("=")) {
        options.put(word.substring(2, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      } else if (i + 1 < line.size() && !line.get(i + 1).startsWith("--")) {
        options.put(word.substring(2), line.get(++i));
      } else {
        options.put(word.substring(2), FLAG);
      }
    }
    return new Arguments(words, options, List.of());
  }

  /** A misspelt option that is quietly ignored would do something else than was asked for. */
  public Arguments requireOnly(String... known) {
    for (String option : options.keySet()) {
      if (!Set.of(known).contains(option)) {
        throw new WrongUsage(
            "--" + option + " is not an option here. There are: --" + String.join(", --", known));
      }
    }
    return this;
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  public Optional<String> value(String option) {
    String value = options.get(option);
    if (FLAG.equals(value)) {
      throw new WrongUsage("--" + option + " wants a value");
    }
    return Optional.ofNullable(value);
  }

  public int number(String option, int otherwise) {
    String value = value(option).orElse(Integer.toString(otherwise));
    if (!value.matches("[0-9]{1,9}")) {
      throw new WrongUsage("--" + option + " wants a number");
    }
    return Integer.parseInt(value);
  }
}
