package io.fingerpost.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** REF^I12 as hospitals write it, and single fields of what they get back. */
final class Hl7 {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private Hl7() {}

  static String newControlId() {
    return "IT" + COUNT.incrementAndGet();
  }

  static String referral(String controlId, Person person) {
    return referral("ALDHELM", "Z9H01", controlId, person);
  }

  static String referral(String application, String facility, String controlId, Person person) {
    return String.join(
        "\r",
        "MSH|^~\\&|"
            + String.join("|", application, facility, "FINGERPOST", "Z9S01")
            + "|20260303101500||REF^I12^REF_I12|"
            + controlId
            + "|P|2.5.1|||AL|||UNICODE UTF-8",
        "RF1|P^Pending^HL70283|R^Routine^HL70280|||O|REF-"
            + controlId
            + "^"
            + application
            + "|20260303101500|||LON^Lonely since bereavement^99SP",
        "PRD|RP^Referring provider^HL70286|DARWIN^Samuela^^^Dr|||01234 567800^WPN^PH||3456789^GMC",
        "PID|1||"
            + person.nhsNumber()
            + "^^^NHS^NH||"
            + person.family()
            + "^"
            + person.given()
            + "||"
            + person.birthDate().replace("-", "")
            + "|F|||"
            + person.street()
            + "^^Wexcombe^^WX1 2AB^GBR^H||01632960123^PRN^PH",
        "NTE|1||Lives at " + person.street() + ", ask for " + person.given() + ".",
        "CON|1|001^Release of information|||||||||A^Active^HL70498||202603031000",
        "");
  }

  /** Field by its number in HL7's own counting; empty when it is not there. */
  static String field(String message, String segment, int number) {
    return Arrays.stream(message.split("\r"))
        .filter(line -> line.startsWith(segment + "|"))
        .map(line -> line.split("\\|", -1))
        .map(fields -> segment.equals("MSH") ? at(fields, number - 1) : at(fields, number))
        .findFirst()
        .orElse("");
  }

  private static String at(String[] fields, int index) {
    return index < fields.length ? fields[index] : "";
  }

  /** {@code AA}, {@code AE} or {@code AR}. */
  static String code(String answer) {
    return field(answer, "MSA", 1).toUpperCase(Locale.ROOT);
  }
}
