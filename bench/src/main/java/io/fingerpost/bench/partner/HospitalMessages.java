package io.fingerpost.bench.partner;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What St Aldhelm Hospital sends: REF^I12 referrals in HL7 v2.5.1, as in UK use. */
public final class HospitalMessages {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private HospitalMessages() {}

  /** What the message says of the person's consent. */
  public enum Said {
    /** Nothing: the referral will be held until somebody asks. */
    NOTHING(""),
    YES("CON|1|001^Release of information|||||||||A^Active^HL70498||%s\r");

    private final String segment;

    Said(String segment) {
      this.segment = segment;
    }
  }

  /**
   * @param id MSH-10; the referral has one made of it
   */
  public static String referral(String id, Person person, Said said, Instant at) {
    return referral("REF^I12", id, id, person, at) + said.segment.formatted(time(at));
  }

  /** What is now so of a referral sent before. */
  public static String change(String id, String referral, Person person, Instant at) {
    return referral("REF^I13", id, referral, person, at) + "NTE|2||Has moved to a sister's.\r";
  }

  /** Takes a referral back. */
  public static String cancellation(String id, String referral, Person person, Instant at) {
    return """
        MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|%1$s||REF^I14^REF_I12|%2$s|P|2.5.1|||AL|||UNICODE UTF-8
        RF1|E^Expired^HL70283||||O|REF-%3$s^ALDHELM
        PID|1||%4$s^^^NHS^NH||%5$s^%6$s
        """
        .replace("\n", "\r")
        .formatted(time(at), id, referral, person.nhsNumber(), person.family(), person.given());
  }

  /** What is now known of a person, whether the scheme has heard of them or not. */
  public static String demographics(String id, Person person, Instant at) {
    return """
        MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|%1$s||ADT^A08^ADT_A01|%2$s|P|2.5.1|||AL|||UNICODE UTF-8
        EVN|A08|%1$s
        PID|1||%3$s^^^NHS^NH~M%3$s^^^Z9H01^MR||%4$s^%5$s^^^^^L||%6$s|%7$s|||%8$d Orchard Close^^Wexcombe^^ZZ99 3WZ^GBR^H||%9$s^PRN^PH
        PV1|1|O
        """
        .replace("\n", "\r")
        .formatted(
            time(at),
            id,
            person.nhsNumber(),
            person.family(),
            person.given(),
            person.born("yyyyMMdd"),
            person.woman() ? "F" : "M",
            person.house(),
            person.phone());
  }

  private static String time(Instant at) {
    return TIME.format(at) + "+0000";
  }

  private static String referral(
      String event, String id, String referral, Person person, Instant at) {
    return """
        MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|%1$s||%11$s^REF_I12|%2$s|P|2.5.1|||AL|||UNICODE UTF-8
        RF1|P^Pending^HL70283|R^Routine^HL70280|||O|REF-%10$s^ALDHELM|%1$s|||267076002^Feeling lonely^SCT
        PRD|RP^Referring provider^HL70286|DARWIN^Samuela^^^Dr|||01632 960800^WPN^PH||3456789^GMC
        PRD|RT^Referred to provider^HL70286|WREN^Jenny
        PID|1||%3$s^^^NHS^NH~M%3$s^^^Z9H01^MR||%4$s^%5$s^^^^^L||%6$s|%7$s|||%8$d Mill Lane^^Wexcombe^^ZZ99 3WZ^GBR^H||%9$s^PRN^PH||en|||||||||||||||||01
        DG1|1||Z60.2^Living alone^I10
        NTE|1||Prefers mornings.
        """
        .replace("\n", "\r")
        .formatted(
            time(at),
            id,
            person.nhsNumber(),
            person.family(),
            person.given(),
            person.born("yyyyMMdd"),
            person.woman() ? "F" : "M",
            person.house(),
            person.phone(),
            referral,
            event);
  }
}
