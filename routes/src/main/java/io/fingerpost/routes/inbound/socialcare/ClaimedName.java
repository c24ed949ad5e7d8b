package io.fingerpost.routes.inbound.socialcare;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name a file has while it is worked on: when it was taken, so that files go in their order,
 * something of its own, so that two of one name do not meet, and its name.
 *
 * <pre>20260303T101501123-1f0e5a7c~referrals.csv</pre>
 */
record ClaimedName(String takenAt, String own, FileName name) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern FORM =
      Pattern.compile("([0-9]{8}T[0-9]{9})-([0-9a-f]{8})~([A-Za-z0-9_][A-Za-z0-9 ._()-]{0,119})");

  static ClaimedName at(Instant now, FileName name) {
    return new ClaimedName(TIME.format(now), UUID.randomUUID().toString().substring(0, 8), name);
  }

  static Optional<ClaimedName> read(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ClaimedName(form.group(1), form.group(2), new FileName(form.group(3))))
        : Optional.empty();
  }

  /** In an archive that has a file of this name already. */
  String archived() {
    return takenAt + "-" + own + " " + name.value();
  }

  @Override
  public String toString() {
    return takenAt + "-" + own + "~" + name.value();
  }
}
