package io.fingerpost.routes.inbound.housing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.profiles.ProfileValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lettings the government publishes to try CORE with, as the landlord who has them would refer
 * the tenant, where {@code -Dsamples=<folder>} has them. What they lack, a name above all, is made
 * up. The table of {@code docs/spec-notes.md} says which columns are carried.
 */
@EnabledIfSystemProperty(named = "samples", matches = ".+")
class CoreLettingsSamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ProfileValidator VALIDATOR = new ProfileValidator(FhirContext.forR4Cached());
  private static final Map<String, String> RELATIONSHIPS =
      Map.of("P", "partner", "C", "child", "X", "other", "R", "not-said");

  static List<Map<String, String>> lettings() throws IOException {
    Path folder = Path.of(System.getProperty("samples"), "housing-core-lettings");
    List<String> early = Files.readAllLines(folder.resolve("general_needs_log.csv"));
    List<String> export =
        Files.readAllLines(folder.resolve("lettings_log_csv_export_codes_24.csv"));
    return List.of(
        row(early.get(0), early.get(1)),
        row(export.get(1), export.get(2)),
        form(Files.readString(folder.resolve("general_needs_log_24_25.xml"))),
        form(Files.readString(folder.resolve("supported_housing_logs.xml"))));
  }

  @ParameterizedTest
  @MethodSource("lettings")
  void isStoredOnceItsLandlordSaysWhoItIs(Map<String, String> letting) {
    byte[] referral = referral(letting).toString().getBytes(StandardCharsets.UTF_8);

    assertThat(new HousingContent().faults(referral, WexcombeHomes.NOW)).isEmpty();
    Bundle stored = WexcombeHomes.stored(referral);

    assertThat(VALIDATOR.faults(stored)).isEmpty();
    Patient patient = only(stored, Patient.class);
    assertThat(patient.getIdentifierFirstRep().getValue()).isEqualTo(of(letting, "tenancycode"));
    assertThat(patient.getGender().toCode()).isEqualTo("female");
    ServiceRequest request = only(stored, ServiceRequest.class);
    assertThat(request.getStatus()).isEqualTo(ServiceRequestStatus.ONHOLD);
    assertThat(request.getReasonCodeFirstRep().getCodingFirstRep().getCode())
        .isEqualTo(of(letting, "reason"));
    assertThat(request.getSupportingInfo()).hasSizeGreaterThanOrEqualTo(3);
  }

  /** CORE has neither name nor NHS number, and no word of the tenant about sharing. */
  private static ObjectNode referral(Map<String, String> letting) {
    ObjectNode root = JSON.createObjectNode();
    String tenancy = of(letting, "tenancycode");
    root.put("reference", "CORE-" + tenancy).put("referredAt", "2026-03-02T09:30:00Z");
    ObjectNode person =
        root.putObject("person").put("id", tenancy).put("gender", of(letting, "sex1"));
    person.putObject("name").put("family", "Attwater");
    ObjectNode home = person.putObject("address");
    ArrayNode lines = home.putArray("lines");
    Stream.of("address_line1", "address_line2")
        .map(column -> of(letting, column))
        .filter(line -> !line.isEmpty())
        .forEach(lines::add);
    if (lines.isEmpty()) {
      home.remove("lines");
    }
    put(home, "town", of(letting, "town_or_city"));
    put(home, "county", of(letting, "county"));
    put(home, "postcode", of(letting, "postcode_full"));
    put(home, "uprn", of(letting, "uprn"));
    root.putObject("tenancy")
        .put("reference", tenancy)
        .put("startedOn", of(letting, "startdate").substring(0, 10));
    household(letting, root.putObject("household"));
    accommodation(letting, root.putObject("accommodation"));
    root.putArray("reasons")
        .addObject()
        .put("leftLastHome", Integer.parseInt(of(letting, "reason")));
    said(letting, "housingneeds_", "a", "b", "c", "f", "g", "h")
        .forEach(column -> need(root.withArray("accessNeeds"), column));
    String[] types =
        IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toArray(String[]::new);
    said(letting, "illness_type_", types).forEach(root.withArray("illnessAffects")::add);
    if (root.path("illnessAffects").isEmpty()) {
      root.remove("illnessAffects");
    }
    return root;
  }

  private static void need(ArrayNode needs, String column) {
    ObjectNode need = needs.addObject().put("code", column);
    if (column.equals("housingneeds_f")) {
      need.put("text", "Ask which");
    }
  }

  private static void household(Map<String, String> letting, ObjectNode household) {
    household.put("people", Integer.parseInt(of(letting, "hhmemb")));
    for (int other = 2; other <= 8; other++) {
      String relationship = RELATIONSHIPS.get(of(letting, "relat" + other));
      if (relationship != null) {
        ObjectNode member = household.withArray("others").addObject();
        member.put("relationship", relationship);
        String age = of(letting, "age" + other);
        if (age.matches("[0-9]{1,3}")) {
          member.put("age", Integer.parseInt(age));
        }
      }
    }
  }

  private static void accommodation(Map<String, String> letting, ObjectNode home) {
    home.put("letAs", of(letting, "needstype").equals("2") ? "supported" : "general-needs");
    if (of(letting, "unittype_gn").equals("7")) {
      home.put("type", "house");
    }
    if (!of(letting, "beds").isEmpty()) {
      home.put("bedrooms", Integer.parseInt(of(letting, "beds")));
    }
    home.put("wheelchairStandard", of(letting, "wchair").equals("1"));
  }

  private static List<String> said(Map<String, String> letting, String column, String... ends) {
    return Stream.of(ends)
        .map(end -> column + end)
        .filter(name -> of(letting, name).equals("1"))
        .toList();
  }

  /** Empty where the file does not have the column. */
  private static String of(Map<String, String> letting, String column) {
    return letting.getOrDefault(column, "");
  }

  private static void put(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  private static <R> R only(Bundle bundle, Class<R> type) {
    return bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  /** In these files neither the names of the columns nor the lettings have quotation marks. */
  private static Map<String, String> row(String names, String values) {
    assertThat(names + values).doesNotContain("\"");
    String[] columns = names.replace("\uFEFF", "").split(",", -1);
    String[] cells = values.split(",", -1);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], cells[i]);
    }
    return row;
  }

  private static Map<String, String> form(String xml) {
    Map<String, String> form = new LinkedHashMap<>();
    Matcher element = Pattern.compile("<(\\w+)>([^<]*)</\\1>").matcher(xml);
    List<String> seen = new ArrayList<>();
    while (element.find() && !seen.contains(element.group(1))) {
      seen.add(element.group(1));
      form.put(element.group(1), element.group(2).strip());
    }
    return form;
  }
}
