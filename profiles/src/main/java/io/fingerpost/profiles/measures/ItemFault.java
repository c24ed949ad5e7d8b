package io.fingerpost.profiles.measures;

import java.util.Comparator;

/**
 * What is wrong with the answer to one item. It names the item and never the answer.
 *
 * @param item its code in the code system {@code measure}
 */
public record ItemFault(Code code, String item) implements Comparable<ItemFault> {

  /** Stable, as it stands in replies. */
  public enum Code {
    ITEM_MISSING("is not answered, and the score is made of all items: ask it, or leave all out."),
    ITEM_OUT_OF_RANGE("is answered with a number its scale does not have: see its definition."),
    ITEM_UNKNOWN("is not an item of this measure: see its definition.");

    private final String remedy;

    Code(String remedy) {
      this.remedy = remedy;
    }
  }

  private static final Comparator<ItemFault> BY_ITEM =
      Comparator.comparing(ItemFault::item).thenComparing(ItemFault::code);

  /** For the reply. */
  public String what() {
    return item + " " + code.remedy;
  }

  @Override
  public int compareTo(ItemFault other) {
    return BY_ITEM.compare(this, other);
  }
}
