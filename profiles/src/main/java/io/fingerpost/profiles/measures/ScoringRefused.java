package io.fingerpost.profiles.measures;

import java.util.List;

/** Answers that make no score as they stand: the sender's to mend, item by item. */
public final class ScoringRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ItemFault> faults;

  public ScoringRefused(List<ItemFault> faults) {
    super(String.join(" ", faults.stream().map(ItemFault::what).toList()));
    this.faults = faults;
  }

  /** At least one, in the order of the items. */
  public List<ItemFault> faults() {
    return faults;
  }
}
