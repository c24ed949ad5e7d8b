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
    String now = TIME.format(at) + "+0000";
    return """
        MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|%1$s||REF^I12^REF_I12|%2$s|P|2.5.1|||AL|||UNICODE UTF-8
        RF1|P^Pending^HL70283|R^Routine^HL70280|||O|REF-%2$s^ALDHELM|%1$s|||267076002^Feeling lonely^SCT
        PRD|RP^Referring provider^HL70286|DARWIN^Samuela^^^Dr|||01632 960800^WPN^PH||3456789^GMC
        PRD|RT^Referred to provider^HL70286|WREN^Jenny
        PID|1||%3$s^^^NHS^NH~M%3$s^^^Z9H01^MR||%4$s^%5$s^^^^^L||%6$s|%7$s|||%8$d Mill Lane^^Wexcombe^^ZZ99 3WZ^GBR^H||%9$s^PRN^PH||en|||||||||||||||||01
        DG1|1||Z60.2^Living alone^I10
        NTE|1||Prefers mornings.
        """
            .replace("\n", "\r")
            .formatted(
                now,
                id,
                person.nhsNumber(),
                person.family(),
                person.given(),
                person.born("yyyyMMdd"),
                person.woman() ? "F" : "M",
                person.house(),
                person.phone())
        + said.segment.formatted(now);
  }
}
