package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.GP;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sends a person's details by every way in, good, bad and broken, and finds them in no log: neither
 * in what this test sent nor in what any test before it did.
 */
@OneServer
@Order(Integer.MAX_VALUE - 1)
class LogsIT {

  private final Person person = Person.next();
  private final JdbcTemplate database;

  @Autowired
  LogsIT(JdbcTemplate database) {
    this.database = database;
  }

  @Test
  void holdNoNumberNoNameAndNoAddress() throws IOException {
    referAsHospitals();
    referAsGps();
    writeAsTheScheme();
    askAsAnyone();
    failInTheDatabase();

    String log = everythingLogged();
    assertThat(log).contains("outcome=refused", "relation \"fingerpost.nothing\" does not exist");
    assertThat(log)
        .as("what is wrong with a message is not our failure")
        .doesNotContain("outcome=failed");
    assertThat(log.lines().filter(line -> line.contains(" io.fingerpost.routes.inbound.spine ")))
        .as("every line about a message says which piece of work it belongs to")
        .isNotEmpty()
        .allMatch(line -> line.contains(" correlation="));
    List<String> planted = new ArrayList<>(Person.MARKS);
    Person.numbers().forEach(number -> planted.addAll(writings(number)));
    planted.addAll(writings(person.withWrongNumber().nhsNumber()));
    assertThat(planted.stream().filter(log::contains).toList()).isEmpty();
  }

  private void referAsHospitals() throws IOException {
    String good = Hl7.referral(Hl7.newControlId(), person);
    for (String message :
        List.of(
            good,
            good,
            good.replace("Lonely", "Lone"),
            Hl7.referral(Hl7.newControlId(), person.withWrongNumber()),
            Hl7.referral(Hl7.newControlId(), person.bornOn("1947-08-02")),
            Hl7.referral("WIMBLETHORP", "Z9H01", Hl7.newControlId(), person),
            Hl7.referral(Hl7.newControlId(), person).replace("|19310217|", "|Ottoline|"),
            Hl7.referral(Hl7.newControlId(), person).replace("RF1|", "Wimblethorp|"),
            Hl7.referral(Hl7.newControlId(), person).replace("REF^I12^REF_I12", "Ottoline^A01"),
            Hl7.referral(Hl7.newControlId(), person).replace("|2.5.1|", "|Harkaway|"),
            Hl7.referral(Hl7.newControlId(), person).replace("UNICODE UTF-8", "Harkaway"),
            Hl7.referral(Hl7.newControlId(), person).replace("^NHS^NH", "^^"),
            Hl7.referral("Wimblethorp " + person.nhsNumber(), person),
            "MSH|" + person.family() + "|" + person.nhsNumber(),
            person.family() + " of " + person.street())) {
      MllpConnection.answer(MLLP_PORT, message);
    }
    assertThatThrownBy(() -> sendTooMuch(good)).isInstanceOf(IOException.class);
  }

  private static void sendTooMuch(String message) throws IOException {
    try (MllpConnection connection = MllpConnection.to(MLLP_PORT)) {
      connection.send(message + message.repeat(6_000));
      connection.receive();
      connection.receive();
    }
  }

  private void referAsGps() {
    GpMessage good = new GpMessage(person);
    GpMessage wrongNumber = new GpMessage(person.withWrongNumber());
    GpMessage strangeElement = new GpMessage(person);
    strangeElement.resource("Patient").put(person.family(), person.nhsNumber());
    GpMessage strangeCode = new GpMessage(person);
    strangeCode.resource("Patient").put("gender", person.given());
    GpMessage strangeDate = new GpMessage(person);
    strangeDate.resource("ServiceRequest").put("authoredOn", person.street());
    GpMessage strangeReference = new GpMessage(person);
    strangeReference
        .resource("ServiceRequest")
        .withObject("/encounter")
        .put("reference", "Patient/" + person.nhsNumber());
    for (String body :
        List.of(
            good.text(),
            good.text(),
            good.text().replace("Lonely", "Lone"),
            wrongNumber.text(),
            strangeElement.text(),
            strangeCode.text(),
            strangeDate.text(),
            strangeReference.text(),
            new GpMessage(person.bornOn("1947-08-02")).text(),
            new GpMessage(person).without("Consent").text(),
            "{\"" + person.family() + "\": " + person.nhsNumber(),
            "<Patient><" + person.family() + "/>",
            person.street())) {
      GP.send("POST", "/fhir/$process-message", body, ids());
    }
    GP.send("POST", "/fhir/$process-message", good.text(), "X-Request-Id", person.family());
  }

  private static String[] ids() {
    String id = UUID.randomUUID().toString();
    return new String[] {"X-Request-Id", id, "X-Correlation-Id", id};
  }

  private void writeAsTheScheme() {
    Patient stored = SCHEME.create(Records.patient(Person.next()));
    String path = "/fhir/Patient/" + stored.getIdElement().getIdPart();
    String name = "{\"family\":\"" + person.family() + "\"}";
    String start = "{\"resourceType\":\"Patient\",\"id\":\"" + stored.getIdElement().getIdPart();
    for (String body :
        List.of(
            start + "\",\"name\":[" + name + "],\"" + person.given() + "\":1}",
            start + "\",\"name\":" + name + "}",
            start + "\",\"birthDate\":\"" + person.street() + "\"}",
            start + "\",\"managingOrganization\":{\"reference\":\"Organization/Wimblethorp\"}}",
            start + "\",\"managingOrganization\":{\"reference\":\"Harkaway\"}}",
            start + "\",\"identifier\":[{\"value\":\"" + person.nhsNumber() + "\"}]",
            person.family())) {
      SCHEME.send("PUT", path, body);
      SCHEME.send("PUT", path, body, "If-Match", "W/\"" + person.family() + "\"");
      SCHEME.send("POST", "/fhir/Patient", body);
      SCHEME.send(
          "POST",
          "/fhir",
          "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
              + body
              + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient?identifier="
              + person.nhsNumber()
              + "\"}}]}");
    }
    SCHEME.send("PUT", "/fhir/Patient/" + person.nhsNumber(), start + "\"}");
    SCHEME.send("PATCH", path, "[{\"op\":\"Wimblethorp\",\"path\":\"/Harkaway\"}]");
    SCHEME.send(
        "POST", "/fhir/Patient", start + "\"}", "If-None-Exist", "family=" + person.family());
    SCHEME.send("POST", "/fhir/$share-decision", person.family());
  }

  private void askAsAnyone() {
    for (ApiClient client : List.of(SCHEME, HOSPITAL, GP)) {
      for (String query :
          List.of(
              "Patient?family=" + person.family(),
              "Patient?identifier=" + person.identifier(),
              "Patient?birthdate=" + person.birthDate(),
              "Patient?birthdate=" + person.given(),
              "Patient?" + person.family() + "=" + person.nhsNumber(),
              "Patient?_sort=" + person.family(),
              "Patient?_count=" + person.nhsNumber() + "000",
              "Patient?_lastUpdated=" + person.family(),
              "Patient?_include=" + person.family(),
              "Patient?_has:" + person.family() + ":a:b=" + person.nhsNumber(),
              "Patient?_format=" + person.family(),
              "Patient?_elements=" + person.family(),
              "Patient/" + person.nhsNumber(),
              "Patient/" + person.family(),
              "Patient/1/_history/" + person.family(),
              "Patient/1/$" + person.family(),
              "CarePlan?patient=" + person.nhsNumber(),
              "CarePlan?patient.identifier=" + person.identifier(),
              "CarePlan?patient.family=" + person.family(),
              "CarePlan?date=" + encoded(person.street()),
              person.family() + "?a=" + person.nhsNumber(),
              "?_getpages=" + person.family())) {
        client.get("/fhir/" + query);
        client.get("/" + query);
      }
    }
    HOSPITAL.askForToken(person.family());
    HOSPITAL.askForToken(HOSPITAL.assertion(), "scope", person.family());
    HOSPITAL.askForToken(HOSPITAL.assertion(), "purpose_of_use", person.nhsNumber());
    HOSPITAL.askForToken(
        ApiClient.signed(
            com.nimbusds.jose.JWSAlgorithm.RS384,
            Wexcombe.key("hospital"),
            HOSPITAL.claims().subject(person.family()).jwtID(person.nhsNumber()).build()));
    ApiClient.send(
        HttpRequest.newBuilder(URI.create(SERVER + "/fhir/Patient?family=" + person.family()))
            .header("Authorization", "Bearer " + person.family())
            .header("X-Correlation-Id", person.nhsNumber())
            .build());
  }

  /** What PostgreSQL says when a statement of ours fails comes last, so all before it is there. */
  private void failInTheDatabase() {
    assertThatThrownBy(
            () ->
                database.update(
                    "insert into fingerpost.client_assertion (client, jti, expires_at)"
                        + " values ('"
                        + person.family()
                        + "', ?, null)",
                    person.nhsNumber()))
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> database.execute("select 1 from fingerpost.nothing"))
        .isInstanceOf(DataAccessException.class);
    await().until(() -> everythingLogged().contains("fingerpost.nothing"));
  }

  private static List<String> writings(String number) {
    String spaced =
        number.substring(0, 3) + "%s" + number.substring(3, 6) + "%s" + number.substring(6);
    return List.of(number, spaced.replace("%s", " "), spaced.replace("%s", "-"));
  }

  /** The program's log, PostgreSQL's with it, and any file either has made beside. */
  private static String everythingLogged() throws IOException {
    StringBuilder log = new StringBuilder(Files.readString(Wexcombe.LOG));
    try (Stream<Path> files = Files.walk(Wexcombe.DATA)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".log")).toList()) {
        log.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return log.toString().toLowerCase(Locale.ROOT);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
