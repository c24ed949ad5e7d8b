package io.fingerpost.routes.outbound.hospital;

import io.fingerpost.routes.outbound.hospital.ReferralResponse.Decision;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Person;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes RRI^I12, the answer to a hospital's referral. The same facts give the same bytes.
 *
 * <pre>
 * MSH|^~\&amp;|FINGERPOST|Z9S01|ALDHELM|Z9H01|20260304090000+0000||RRI^I12^RRI_I12|R1|P|2.5.1||||||UNICODE UTF-8
 * MSA|AA|A1
 * RF1|A^Accepted^HL70283|||||REF-2026-001|20260304090000+0000||||SR-1
 * PRD|RT^Referred to provider^HL70286|WREN^Jenny||^^^Z9S01^^^^^Wexcombe Connect
 * PID|1||9990000018^^^NHS^NH~633^^^Z9H01^MR||COX^Brian
 * </pre>
 */
public final class ReferralResponseWriter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx").withZone(ZoneId.of("Europe/London"));

  public byte[] write(ReferralResponse response) {
    String at = TIME.format(response.at());
    StringBuilder text = new StringBuilder();
    segment(
        text,
        "MSH",
        "^~\\&",
        escaped(response.from().application()),
        escaped(response.from().facility()),
        escaped(response.to().application()),
        escaped(response.to().facility()),
        at,
        "",
        response.version().startsWith("2.3") ? "RRI^I12" : "RRI^I12^RRI_I12",
        escaped(response.controlId()),
        "P",
        response.version(),
        "",
        "",
        "",
        "",
        "",
        "UNICODE UTF-8");
    if (response.inReplyTo() != null) {
      segment(text, "MSA", "AA", escaped(response.inReplyTo()));
    }
    referral(text, response.decision(), at);
    provider(text, response.scheme());
    person(text, response.person(), response.to().facility());
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void referral(StringBuilder text, Decision decision, String at) {
    String reason =
        decision.reasonCode() == null && decision.reason() == null
            ? ""
            : components(
                decision.reasonCode(),
                decision.reason(),
                decision.reasonCode() == null ? null : "SCT");
    segment(
        text,
        "RF1",
        components(decision.status().code(), decision.status().text(), "HL70283"),
        "",
        "",
        "",
        "",
        escaped(decision.originatingId()),
        at,
        "",
        "",
        reason,
        escaped(decision.ourId()));
  }

  private static void provider(StringBuilder text, Scheme scheme) {
    segment(
        text,
        "PRD",
        "RT^Referred to provider^HL70286",
        components(scheme.linkWorkerFamily(), scheme.linkWorkerGiven()),
        "",
        components(null, null, null, scheme.organisation(), null, null, null, null, scheme.name()));
  }

  private static void person(StringBuilder text, Person person, String facility) {
    List<String> identifiers = new ArrayList<>();
    if (person.nhsNumber() != null) {
      identifiers.add(components(person.nhsNumber(), null, null, "NHS", "NH"));
    }
    if (person.localId() != null) {
      identifiers.add(components(person.localId(), null, null, facility, "MR"));
    }
    segment(
        text,
        "PID",
        "1",
        "",
        String.join("~", identifiers),
        "",
        components(person.family(), person.given()));
  }

  private static String components(@Nullable String... parts) {
    int last = parts.length;
    while (last > 0 && parts[last - 1] == null) {
      last--;
    }
    StringBuilder joined = new StringBuilder();
    for (int part = 0; part < last; part++) {
      String value = parts[part];
      joined.append(part == 0 ? "" : "^").append(value == null ? "" : escaped(value));
    }
    return joined.toString();
  }

  private static void segment(StringBuilder text, String name, String... fields) {
    int last = fields.length;
    while (last > 0 && fields[last - 1].isEmpty()) {
      last--;
    }
    text.append(name);
    for (int field = 0; field < last; field++) {
      text.append('|').append(fields[field]);
    }
    text.append('\r');
  }

  private static String escaped(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length() + 8);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '|' -> escaped.append("\\F\\");
        case '^' -> escaped.append("\\S\\");
        case '&' -> escaped.append("\\T\\");
        case '~' -> escaped.append("\\R\\");
        case '\\' -> escaped.append("\\E\\");
        case '\n' -> escaped.append("\\.br\\");
        default -> escaped.append(c < ' ' ? "" : c);
      }
    }
    return escaped.toString();
  }
}
