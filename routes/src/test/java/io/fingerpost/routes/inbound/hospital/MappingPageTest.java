package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.reliability.KeptMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page {@code docs/hl7v2-mapping.md} says where each field of a message goes. Nobody writes it:
 * each field is sent, and what differs then is where it goes.
 */
class MappingPageTest {

  private static final Path PAGE = Path.of("../docs/hl7v2-mapping.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String WHO = "PID|1||9990000018^^^NHS^NH||COX^Brian";

  /** A kind of message: its least, and lines that each send one thing more. */
  private record Chapter(String title, List<String> least, List<Probe> probes) {}

  /**
   * @param field where to look, {@code PID-5.3}; MSH-1 is the separator itself, so that a line of
   *     MSH is written with one more
   * @param without the same segment without that field; empty for the one of the least message
   * @param line the segment with that field, in the place of the one of the same name
   */
  private record Probe(String field, String line, String without) {

    String example() {
      String[] place = field.substring(4).split("[.]");
      String value = part(line.split("[|]", -1), Integer.parseInt(place[0]));
      return place.length == 1
          ? value
          : part(("^" + value).split("\\^", -1), Integer.parseInt(place[1]));
    }

    private static String part(String[] parts, int index) {
      return index < parts.length ? parts[index] : "";
    }
  }

  private static Probe at(String field, String line) {
    return new Probe(field, line, "");
  }

  private static Probe at(String field, String line, String without) {
    return new Probe(field, line, without);
  }

  private static final String CON = "CON|1|001|||||||||A||20260303";

  private static final List<Chapter> CHAPTERS =
      List.of(
          new Chapter(
              "REF^I12 and REF^I13",
              List.of(header("", "REF^I12"), "RF1||||||REF-0", WHO),
              List.of(
                  at("MSH-7", header("20260303101500", "REF^I12").replace("MSH|", "MSH||")),
                  at("RF1-2", "RF1||S||||REF-0"),
                  at("RF1-3", "RF1|||Med^Medical^HL70281|||REF-0"),
                  at("RF1-6", "RF1||||||REF-2026-001"),
                  at("RF1-7", "RF1||||||REF-0|20260302"),
                  at("RF1-10", "RF1||||||REF-0||||LON^Lonely^99SP"),
                  at("PID-2", "PID|1|9990000018^^^NHS^NH|633^^^Z9H01^MR||COX^Brian"),
                  at("PID-3", "PID|1||9990000018^^^NHS^NH~633^^^Z9H01^MR||COX^Brian"),
                  at("PID-4", "PID|1||633^^^Z9H01^MR|9990000018^^^NHS^NH|COX^Brian"),
                  at("PID-19", "PID|1||633^^^Z9H01^MR||COX^Brian||||||||||||||9990000018^^^NHS^NH"),
                  at("PID-5.1", "PID|1||9990000018^^^NHS^NH||FOX^Brian"),
                  at("PID-5.2", "PID|1||9990000018^^^NHS^NH||COX^Leonard"),
                  at("PID-5.3", "PID|1||9990000018^^^NHS^NH||COX^Brian^Leonard"),
                  at("PID-5.4", "PID|1||9990000018^^^NHS^NH||COX^Brian^^Jr"),
                  at("PID-5.5", "PID|1||9990000018^^^NHS^NH||COX^Brian^^^Mr"),
                  at("PID-5.7", "PID|1||9990000018^^^NHS^NH||COX^Brian^^^^^L"),
                  at("PID-7", WHO + "||19480312"),
                  at("PID-8", WHO + "|||M"),
                  at("PID-11.1", WHO + "||||||2 Mill Lane"),
                  at("PID-11.2", WHO + "||||||^Flat 3"),
                  at("PID-11.3", WHO + "||||||^^Wexcombe"),
                  at("PID-11.4", WHO + "||||||^^^Wiltshire"),
                  at("PID-11.5", WHO + "||||||^^^^WX1 2AB"),
                  at("PID-11.6", WHO + "||||||^^^^^GBR"),
                  at("PID-11.7", WHO + "||||||^^Wexcombe^^^^H", WHO + "||||||^^Wexcombe"),
                  at("PID-13", WHO + "||||||||01632 960123^PRN^PH"),
                  at("PID-14", WHO + "|||||||||01632 960123^WPN^PH"),
                  at("PID-15", WHO + "||||||||||bfi^British Sign Language"),
                  at("PID-29", WHO + "||||||||||||||||||||||||20260303"),
                  at("PID-30", WHO + "|||||||||||||||||||||||||Y"),
                  at("PID-32", WHO + "|||||||||||||||||||||||||||01"),
                  at("PRD-2", "PRD|RP|DARWIN^Samuela^^^Dr"),
                  at("PRD-7", "PRD|RP||||||3456789^GMC"),
                  at("DG1-3", "DG1|1||Z60.2^Living alone^I10"),
                  at("DG1-4", "DG1|1|||Lives alone"),
                  at("NTE-3", "NTE|1||Prefers mornings."),
                  at("OBX-5", "OBX|1|ST|LIVES^Lives||alone||||||F"),
                  at("CON-11", "CON|1|001|||||||||A"),
                  at("CON-9", "CON|1|001|||||||Not my landlord||L", "CON|1|001|||||||||L"),
                  at("CON-13", CON, "CON|1|001|||||||||A"),
                  at("CON-14", CON + "|20260303", CON),
                  at("CON-15", CON + "||20270303", CON))),
          new Chapter(
              "ORM^O01, each ORC with its OBR",
              List.of(header("", "ORM^O01"), WHO, "ORC|NW|910000", "OBR|1"),
              List.of(
                  at("ORC-2", "ORC|NW|910001^ALDHELM"),
                  at("ORC-7.6", "ORC|NW|910000|||||^^^^^S"),
                  at("ORC-9", "ORC|NW|910000|||||||20260302"),
                  at("ORC-12", "ORC|NW|910000||||||||||3456789^DARWIN^Samuela^^^Dr^^^GMC"),
                  at("ORC-16", "ORC|NW|910000||||||||||||||DEBT^Debt^99SP"),
                  at("OBR-4", "OBR|1|||^^^^IP CON SOCIAL PRESCRIBING"),
                  at("OBR-5", "OBR|1||||S"),
                  at("OBR-6", "OBR|1|||||20260302"),
                  at("OBR-13", "OBR|1||||||||||||Lives alone"),
                  at("OBR-16", "OBR|1|||||||||||||||3456789^DARWIN^Samuela^^^Dr^^^GMC"),
                  at("OBR-27.6", "OBR|1||||||||||||||||||||||||||^^^^^S"),
                  at("OBR-31", "OBR|1||||||||||||||||||||||||||||||LON^Lonely^99SP"),
                  at("OBR-44", "OBR|1" + "|".repeat(43) + "CON255^Welfare advice^99EPIC"),
                  at("TQ1-9", "TQ1|1||||||||S"),
                  at("PV1-7", "PV1|1||||||3456789^DARWIN^Samuela^^^Dr^^^GMC"),
                  at("NTE-3", "NTE|1||Interpreter needed?->No"))));

  private static String header(String time, String type) {
    return "MSH|^~\\&|ALDHELM|Z9H01|FINGERPOST|Z9S01|" + time + "||" + type + "|A1|P|2.5.1";
  }

  @Test
  void saysWhereEachFieldGoes() throws IOException {
    String page = page();
    Path left = Files.createDirectories(Path.of("target")).resolve("hl7v2-mapping.md");
    Files.writeString(left, page);

    assertThat(PAGE).as("what it should hold is in %s", left).exists();
    assertThat(Files.readString(PAGE)).as("what it should hold is in %s", left).isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Where each field of a hospital's message goes

            For whoever maps an interface. This page is made by the program's own tests, which send each field and look what differs: it
            cannot say anything but what happens. What the fields mean, and what is refused, is in [connecting a
            sender](connecting-a-sender.md). Fields that are not named stay in the kept message only; `ADT` messages change the same places of a
            `Patient` as `PID` does here, and `REF^I13` and `ORC-1` `XO` the same places of a `ServiceRequest`.
            """);
    for (Chapter chapter : CHAPTERS) {
      page.append("\n## ").append(chapter.title()).append("\n\n");
      page.append("| field | for example | goes to |\n|---|---|---|\n");
      for (Probe probe : chapter.probes()) {
        page.append("| ")
            .append(probe.field())
            .append(" | `")
            .append(probe.example())
            .append("` | ")
            .append(
                goesTo(chapter, probe).stream()
                    .map(path -> "`" + path + "`")
                    .collect(Collectors.joining("<br>")))
            .append(" |\n");
      }
    }
    return page.toString();
  }

  private static TreeSet<String> goesTo(Chapter chapter, Probe probe) {
    List<String> after = values(with(chapter, probe.line().replace("MSH||", "MSH|")));
    values(probe.without().isEmpty() ? chapter.least() : with(chapter, probe.without()))
        .forEach(after::remove);
    TreeSet<String> paths = new TreeSet<>();
    after.forEach(value -> paths.add(value.substring(0, value.indexOf('='))));
    assertThat(paths).as(probe.field()).isNotEmpty();
    return paths;
  }

  private static List<String> with(Chapter chapter, String line) {
    List<String> lines = new ArrayList<>(chapter.least());
    lines.removeIf(one -> one.startsWith(line.substring(0, 3)));
    int place =
        chapter.least().stream()
            .map(one -> one.substring(0, 3))
            .toList()
            .indexOf(line.substring(0, 3));
    lines.add(place < 0 ? lines.size() : place, line);
    return lines;
  }

  /** {@code ServiceRequest.priority=stat}, and so on. */
  private static List<String> values(List<String> lines) {
    KeptMessage message =
        Aldhelm.kept((String.join("\r", lines) + "\r").getBytes(StandardCharsets.UTF_8));
    try {
      JsonNode parts =
          JSON.readTree(
              Said.in(
                  Aldhelm.translator().translate(message),
                  message,
                  new ReferralTransaction(Aldhelm.SCHEME)));
      List<String> values = new ArrayList<>();
      for (JsonNode entry : parts.at("/0/transaction/entry")) {
        JsonNode resource = entry.path("resource");
        add(resource.path("resourceType").asText(), resource, values);
      }
      return values;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(String path, JsonNode node, List<String> values) {
    if (node.isArray()) {
      node.forEach(one -> add(path, one, values));
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        boolean isWiring =
            List.of("resourceType", "meta", "reference", "subject").contains(field.getKey());
        if (!isWiring) {
          add(path + "." + field.getKey(), field.getValue(), values);
        }
      }
    } else {
      values.add(path + "=" + node.asText());
    }
  }
}
