package io.fingerpost.profiles.matching;

import io.fingerpost.terminology.SystemUrl;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;

/** What a person at the scheme may decide about a message that is held. */
public enum MatchDecision {
  /** The message is about the person who is known. */
  SAME,
  /** It is about somebody else; whose the number is stays open. */
  DIFFERENT,
  /** The number is not that of the person the message is about; its sender has to mend it. */
  WRONG_NUMBER;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Coding toCoding() {
    return new Coding().setSystem(SystemUrl.MATCHING.url()).setCode(code());
  }

  public static Optional<MatchDecision> of(String code) {
    return Stream.of(values()).filter(decision -> decision.code().equals(code)).findFirst();
  }
}
