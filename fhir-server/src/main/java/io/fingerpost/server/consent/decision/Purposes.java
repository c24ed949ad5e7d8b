package io.fingerpost.server.consent.decision;

import java.util.Map;
import java.util.Set;

/** How the purposes of use (v3-ActReason) stand to one another, as far as the rules care. */
final class Purposes {
  /** What implied consent reaches. */
  private static final Set<String> DIRECT_CARE = Set.of("TREAT", "CAREMGT", "COC");

  /** Care of the person and the running of it. Research, planning and whatever is new are not. */
  private static final Set<String> CARE_AND_ITS_RUNNING =
      Set.of(
          "TREAT",
          "CAREMGT",
          "COC",
          "ETREAT",
          "ERTREAT",
          "BTG",
          "PATRQT",
          "FAMRQT",
          "PWATRNY",
          "SUPNWK",
          "HOPERAT",
          "PATADMIN",
          "RECORDMGT",
          "HSYSADMIN");

  private static final Map<String, String> BROADER =
      Map.ofEntries(
          Map.entry("COC", "TREAT"),
          Map.entry("ETREAT", "TREAT"),
          Map.entry("POPHLTH", "TREAT"),
          Map.entry("CLINTRL", "TREAT"),
          Map.entry("BTG", "ETREAT"),
          Map.entry("ERTREAT", "ETREAT"),
          Map.entry("CAREMGT", "HOPERAT"),
          Map.entry("HOUTCOMS", "HOPERAT"),
          Map.entry("HPRGRP", "HOPERAT"),
          Map.entry("HQUALIMP", "HOPERAT"),
          Map.entry("HSYSADMIN", "HOPERAT"),
          Map.entry("PATADMIN", "HOPERAT"),
          Map.entry("PERFMSR", "HOPERAT"),
          Map.entry("RECORDMGT", "HOPERAT"),
          Map.entry("BIORCH", "HRESCH"),
          Map.entry("CLINTRCH", "HRESCH"),
          Map.entry("CLINTRCHNPC", "CLINTRCH"),
          Map.entry("CLINTRCHPC", "CLINTRCH"),
          Map.entry("PRECLINTRCH", "CLINTRCH"),
          Map.entry("DSRCH", "HRESCH"),
          Map.entry("POARCH", "HRESCH"),
          Map.entry("TRANSRCH", "HRESCH"),
          Map.entry("FAMRQT", "PATRQT"),
          Map.entry("PWATRNY", "PATRQT"),
          Map.entry("SUPNWK", "PATRQT"));

  private Purposes() {}

  static boolean directCare(String purpose) {
    return DIRECT_CARE.contains(purpose);
  }

  static boolean careOrItsRunning(String purpose) {
    return CARE_AND_ITS_RUNNING.contains(purpose);
  }

  /** Whether a purpose, or a broader one that it is a kind of, is named. */
  static boolean namedOrBroader(Set<String> named, String purpose) {
    for (String at = purpose; at != null; at = BROADER.get(at)) {
      if (named.contains(at)) {
        return true;
      }
    }
    return false;
  }
}
