package io.fingerpost.server;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who does not exist, unlike anyone else in the tests: what is found of them anywhere was
 * put there by a test.
 */
public record Person(
    String nhsNumber, String family, String given, String birthDate, String street) {

  /** In every person there is; none of them may stand in a log. */
  static final List<String> MARKS =
      List.of("wimblethorp", "ottoline", "harkaway", "19310217", "1931-02-17", "01632960");

  private static final AtomicInteger COUNT = new AtomicInteger();

  public static Person next() {
    int number = COUNT.incrementAndGet();
    return new Person(
        nhsNumber(number),
        "Wimblethorp" + letters(number),
        "Ottoline" + letters(number),
        "1931-02-17",
        number + " Harkaway Rise");
  }

  /** How many numbers have been given out, the ones nobody got among them. */
  static List<String> numbers() {
    return java.util.stream.IntStream.rangeClosed(1, COUNT.get())
        .mapToObj(Person::nhsNumber)
        .toList();
  }

  /** The same person with a check digit that is wrong. */
  Person withWrongNumber() {
    int check = nhsNumber.charAt(9) - '0';
    return new Person(
        nhsNumber.substring(0, 9) + (check + 1) % 10, family, given, birthDate, street);
  }

  Person bornOn(String date) {
    return new Person(nhsNumber, family, given, date, street);
  }

  Person named(String otherFamily) {
    return new Person(nhsNumber, otherFamily, given, birthDate, street);
  }

  String identifier() {
    return "https://fhir.nhs.uk/Id/nhs-number|" + nhsNumber;
  }

  /** The nth number of the 999 range that has a check digit. */
  private static String nhsNumber(int wanted) {
    int found = 0;
    for (int serial = 420_000; ; serial++) {
      String digits = String.format(Locale.ROOT, "999%06d", serial);
      int sum = 0;
      for (int i = 0; i < 9; i++) {
        sum += (digits.charAt(i) - '0') * (10 - i);
      }
      int check = (11 - sum % 11) % 11;
      if (check < 10 && ++found == wanted) {
        return digits + check;
      }
    }
  }

  private static String letters(int number) {
    StringBuilder letters = new StringBuilder();
    for (int rest = number; rest > 0; rest /= 26) {
      letters.append((char) ('a' + rest % 26));
    }
    return letters.toString();
  }
}
