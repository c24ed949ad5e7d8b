package io.fingerpost.bench.partner;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * NHS numbers for made-up people: of the 999 range, which is never issued, with a right check
 * digit. Each is given once, in rising order.
 */
public final class NhsNumbers {

  private static final int IN_RANGE = 1_000_000;

  private final AtomicInteger next;

  /**
   * @param first where to begin in the range, 0 to 999999
   */
  public NhsNumbers(int first) {
    this.next = new AtomicInteger(first);
  }

  public String next() {
    while (true) {
      String nine = "999%06d".formatted(next.getAndIncrement() % IN_RANGE);
      Optional<Character> check = checkDigit(nine);
      if (check.isPresent()) {
        return nine + check.get();
      }
    }
  }

  /** Modulus 11; empty where no digit is right, and no number exists. */
  static Optional<Character> checkDigit(String nine) {
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += (nine.charAt(i) - '0') * (10 - i);
    }
    int digit = (11 - sum % 11) % 11;
    return digit == 10 ? Optional.empty() : Optional.of((char) ('0' + digit));
  }

  /** The same number with its last digit wrong. */
  public static String mistyped(String number) {
    return number.substring(0, 9) + (char) ('0' + (number.charAt(9) - '0' + 1) % 10);
  }
}
