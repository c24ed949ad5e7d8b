package io.fingerpost.routes.inbound.hospital;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version in MSH-12, 2.2 to 2.7, as senders write it: {@code 2.4}, {@code 2.5.1}, {@code v2.3},
 * {@code 2.31}, {@code 2.4UK}. Nothing that is read here differs between them, so what a sender
 * calls its version wrongly does no harm.
 */
final class Hl7Version {

  private static final Pattern FORM =
      Pattern.compile("[vV]?2\\.([2-7])(?:[.0-9]{0,4})(?:[A-Za-z]*)");

  private Hl7Version() {}

  /** The 4 of 2.4; empty for what is no version that is taken. */
  static Optional<Integer> minor(Hl7Header header) {
    Matcher version = FORM.matcher(header.version());
    return version.matches() ? Optional.of(Integer.parseInt(version.group(1))) : Optional.empty();
  }
}
