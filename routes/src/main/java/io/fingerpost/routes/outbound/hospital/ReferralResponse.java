package io.fingerpost.routes.outbound.hospital;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital is told of its referral: no more than RRI^I12 needs to be filed there.
 *
 * @param controlId of this message; the same whenever it is sent again
 * @param at when it was first written
 * @param version of HL7 v2 the hospital itself sends; 2.5.1 where that is not known
 * @param inReplyTo control id of the hospital's referral, where it is known
 */
public record ReferralResponse(
    String controlId,
    Instant at,
    String version,
    Address from,
    Address to,
    @Nullable String inReplyTo,
    Decision decision,
    Person person,
    Scheme scheme) {

  /** Application and facility, as in MSH-3 and MSH-4. */
  public record Address(String application, String facility) {}

  /**
   * @param originatingId the hospital's own id of the referral
   * @param ourId ours
   * @param reasonCode why it was rejected, as a SNOMED CT code, where there is one
   * @param reason the same in words
   */
  public record Decision(
      Status status,
      String originatingId,
      String ourId,
      @Nullable String reasonCode,
      @Nullable String reason) {}

  /** Of HL7 table 0283. */
  public enum Status {
    ACCEPTED("A", "Accepted"),
    PENDING("P", "Pending"),
    REJECTED("R", "Rejected");

    private final String code;
    private final String text;

    Status(String code, String text) {
      this.code = code;
      this.text = text;
    }

    String code() {
      return code;
    }

    String text() {
      return text;
    }
  }

  /**
   * The person by what the hospital itself sent, and nothing it did not.
   *
   * @param localId the hospital's own patient number
   */
  public record Person(
      @Nullable String nhsNumber,
      @Nullable String localId,
      @Nullable String family,
      @Nullable String given) {

    /** Never a person's number or name: they must not reach a log by way of string building. */
    @Override
    public String toString() {
      return "Person[…]";
    }
  }

  /**
   * @param organisation ODS code
   * @param linkWorkerFamily of the link worker who has taken it on, where one has
   */
  public record Scheme(
      String organisation,
      String name,
      @Nullable String linkWorkerFamily,
      @Nullable String linkWorkerGiven) {}
}
