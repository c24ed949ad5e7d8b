package io.fingerpost.profiles.matching;

import io.fingerpost.terminology.SystemUrl;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;

/** Why the program does not decide by itself that two descriptions are of one person. */
public enum Difference {
  /** The dates of birth contradict one another. */
  BIRTH_DATE,
  /** Family name and given name are both others. */
  NAME,
  /** More than one person is known by the identifier. */
  SEVERAL_PEOPLE;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Coding toCoding() {
    return new Coding().setSystem(SystemUrl.MATCHING.url()).setCode(code());
  }

  static Optional<Difference> of(String code) {
    return Stream.of(values()).filter(difference -> difference.code().equals(code)).findFirst();
  }
}
