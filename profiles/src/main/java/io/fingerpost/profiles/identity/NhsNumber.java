package io.fingerpost.profiles.identity;

import io.fingerpost.terminology.SystemUrl;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;

/**
 * An NHS number with a right check digit: ten digits, the last being the modulus 11 check digit of
 * the first nine (NHS Data Dictionary, NHS NUMBER). A number that only looks right never becomes
 * one of these.
 */
public record NhsNumber(String value) {

  public NhsNumber {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an NHS number");
    }
  }

  /** Reads {@code 9990000018} or {@code 999 000 0018}; empty when the check digit is wrong. */
  public static Optional<NhsNumber> parse(String text) {
    String digits = text.strip().replace(" ", "").replace("-", "");
    return isValid(digits) ? Optional.of(new NhsNumber(digits)) : Optional.empty();
  }

  public Identifier toIdentifier() {
    return new Identifier().setSystem(SystemUrl.NHS_NUMBER.url()).setValue(value);
  }

  private static boolean isValid(String digits) {
    if (!digits.matches("[0-9]{10}")) {
      return false;
    }
    int sum = 0;
    for (int position = 0; position < 9; position++) {
      sum += (digits.charAt(position) - '0') * (10 - position);
    }
    int check = 11 - sum % 11;
    return (check == 11 ? 0 : check) == digits.charAt(9) - '0';
  }

  /** Never the number: it must not reach a log by way of string building. */
  @Override
  public String toString() {
    return "NhsNumber[…]";
  }
}
