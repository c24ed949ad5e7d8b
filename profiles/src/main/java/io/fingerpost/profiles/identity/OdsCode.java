package io.fingerpost.profiles.identity;

import io.fingerpost.terminology.SystemUrl;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;

/**
 * An organisation's code as the Organisation Data Service gives it: 3 to 10 capitals and digits.
 */
public record OdsCode(String value) {

  public OdsCode {
    if (!value.matches("[A-Z0-9]{3,10}")) {
      throw new IllegalArgumentException("not an ODS code");
    }
  }

  public static Optional<OdsCode> parse(String text) {
    String code = text.strip();
    return code.matches("[A-Z0-9]{3,10}") ? Optional.of(new OdsCode(code)) : Optional.empty();
  }

  public Identifier toIdentifier() {
    return new Identifier().setSystem(SystemUrl.ODS_ORGANISATION.url()).setValue(value);
  }
}
