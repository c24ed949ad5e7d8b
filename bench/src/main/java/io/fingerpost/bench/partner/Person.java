package io.fingerpost.bench.partner;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A made-up person; the same NHS number is always the same person. */
public record Person(
    String nhsNumber, String given, String family, boolean woman, LocalDate born, int house) {

  private static final List<String> WOMEN =
      List.of("Edna", "Ada", "Maud", "Nerys", "Priya", "Agnieszka", "Oluchi", "Hettie");
  private static final List<String> MEN =
      List.of("Basil", "Wilf", "Idris", "Gurdeep", "Tomasz", "Kwame", "Cyril", "Amos");
  private static final List<String> FAMILIES =
      List.of(
          "Quillfeather",
          "Penhaligon",
          "Thistlewood",
          "Merryweather",
          "Ashdown-Pike",
          "Okonedo",
          "Brackenbury",
          "Tolliver",
          "Wintergreen",
          "Hollowell",
          "Sandhurstley");

  public static Person of(String nhsNumber) {
    int seed = Integer.parseInt(nhsNumber.substring(3, 9));
    boolean woman = seed % 2 == 0;
    List<String> givens = woman ? WOMEN : MEN;
    return new Person(
        nhsNumber,
        givens.get(seed / 2 % givens.size()),
        FAMILIES.get(seed % FAMILIES.size()),
        woman,
        LocalDate.of(1930, 1, 1).plusDays(seed * 37L % 25_000),
        1 + seed % 99);
  }

  public String name() {
    return given + " " + family;
  }

  /** Of the numbers Ofcom keeps for drama. */
  String phone() {
    return "01632 960%03d".formatted(house);
  }

  String born(String pattern) {
    return born.format(DateTimeFormatter.ofPattern(pattern));
  }
}
