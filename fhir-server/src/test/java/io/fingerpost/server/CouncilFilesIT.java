package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.REGISTRY_FILE;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.fingerpost.profiles.consent.ConsentTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A council refers by files, in the default folder and over SFTP; the scheme reads the rows. */
@OneServer
class CouncilFilesIT {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Path FOLDER = Wexcombe.DATA.resolve("socialcare");
  private static final String HEADERS =
      "reference,person_id,nhs_number,family_name,given_name,birth_date,accessibility,restricted,"
          + "consent\n";

  /** Of this run and test: references are taken for good. */
  private final String reference = "WX-" + UUID.randomUUID().toString().substring(0, 8);

  private final Person person = Person.next();

  @Test
  void storesEachRowAndSaysWhatBecameOfIt() throws IOException {
    Person other = Person.next();
    String file =
        HEADERS
            + row(reference + "-1", person, "bsl-interpreter", "no", "yes")
            + row(reference + "-2", other.withWrongNumber(), "", "no", "yes")
            + row(reference + "-3", other, "", "no", "");

    put(FOLDER, reference + ".csv", file);

    assertThat(result(FOLDER, reference))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("2," + reference + "-1,accepted,,"),
            line ->
                assertThat(line)
                    .startsWith("3," + reference + "-2,refused,NHS_NUMBER_INVALID,\"nhs_number: "),
            line -> assertThat(line).startsWith("4," + reference + "-3,held,CONSENT_MISSING,"));
    await().atMost(LONG).until(() -> Files.exists(FOLDER.resolve("archive/" + reference + ".csv")));
    Patient stored = onlyPatient(person);
    assertThat(stored.getNameFirstRep().getFamily()).isEqualTo(person.family());
    ServiceRequest referral = only(person);
    assertThat(referral.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    assertThat(only(other).getStatus()).isEqualTo(ServiceRequestStatus.ONHOLD);
    assertThat(SCHEME.search(Flag.class, "patient=" + referenceTo(stored))).hasSize(1);
    assertThat(SCHEME.search(Provenance.class, "target=" + referenceTo(referral)))
        .singleElement()
        .extracting(it -> it.getEntityFirstRep().getWhat().getIdentifier().getValue())
        .asString()
        .matches("Z9C01/[0-9a-f]{32}/" + reference + "-1");
  }

  @Test
  void givesTheSameResultToTheSameRowsAndRefusesOthersUnderTheirReference() throws IOException {
    String first = HEADERS + row(reference, person, "", "no", "yes");
    put(FOLDER, reference + "a.csv", first);
    List<String> result = result(FOLDER, reference + "a");

    put(FOLDER, reference + "b.csv", first);
    put(FOLDER, reference + "c.csv", HEADERS + row(reference, person, "step-free", "no", "yes"));

    assertThat(result(FOLDER, reference + "b")).isEqualTo(result);
    assertThat(result(FOLDER, reference + "c"))
        .singleElement()
        .asString()
        .contains(",refused,MESSAGE_ID_REUSED,");
    only(person);
  }

  @Test
  void restrictsSomebodyWhoWasKnownBefore() throws IOException {
    put(FOLDER, reference + "a.csv", HEADERS + row(reference + "a", person, "", "no", "yes"));
    assertThat(result(FOLDER, reference + "a")).hasSize(1);
    Patient known = onlyPatient(person);
    SCHEME.create(Records.consent(known, "Z9H01"));
    assertThat(HOSPITAL.search(Patient.class, "_id=" + known.getIdElement().getIdPart()))
        .hasSize(1);

    put(FOLDER, reference + "b.csv", HEADERS + row(reference + "b", person, "", "yes", "yes"));
    assertThat(result(FOLDER, reference + "b")).containsExactly("2," + reference + "b,accepted,,");
    put(FOLDER, reference + "c.csv", HEADERS + row(reference + "c", person, "", "no", "yes"));
    assertThat(result(FOLDER, reference + "c")).hasSize(1);

    Patient restricted = onlyPatient(person);
    assertThat(restricted.getMeta().getSecurity()).filteredOn(ConsentTerms.R::is).hasSize(1);
    assertThat(restricted.getMeta().getVersionId()).as("labelled once").isEqualTo("2");
    assertThat(SCHEME.search(Provenance.class, "target=" + referenceTo(restricted))).hasSize(1);
    assertThat(HOSPITAL.search(Patient.class, "_id=" + known.getIdElement().getIdPart())).isEmpty();
  }

  @Test
  void takesAMendedRowUnderTheReferenceOfTheRefusedOne() throws IOException {
    put(
        FOLDER,
        reference + "a.csv",
        HEADERS + row(reference, person.withWrongNumber(), "", "", "yes"));
    assertThat(result(FOLDER, reference + "a")).singleElement().asString().contains(",refused,");

    put(FOLDER, reference + "b.csv", HEADERS + row(reference, person, "", "", "yes"));

    assertThat(result(FOLDER, reference + "b")).containsExactly("2," + reference + ",accepted,,");
    only(person);
  }

  @Test
  void worksOnEachFileOnOneOfTwoNodesAlone(@Autowired HikariDataSource database)
      throws IOException {
    try (RoutesProcess another = RoutesProcess.on(database)) {
      assertThat(another.httpPort).isPositive();
      List<Person> people = new ArrayList<>();
      for (int file = 0; file < 8; file++) {
        Person someone = Person.next();
        people.add(someone);
        put(
            FOLDER,
            reference + file + ".csv",
            HEADERS + row(reference + "-" + file, someone, "", "no", "yes"));
      }

      for (int file = 0; file < 8; file++) {
        assertThat(result(FOLDER, reference + file))
            .containsExactly("2," + reference + "-" + file + ",accepted,,");
        only(people.get(file));
      }
    }
  }

  @Test
  void followsTheRegistryToAnSftpServerAndBack() throws IOException {
    Path files = Wexcombe.DATA.resolve("council-server");
    String before = Files.readString(REGISTRY_FILE);
    try (SftpHost host = new SftpHost(files)) {
      Path base = files.resolve("referrals");
      Files.createDirectories(base.resolve("inbox"));
      put(base, reference + ".csv", HEADERS + row(reference, person, "", "no", "yes"));
      String sftp =
          """
          client: council
                files:
                  sftp:
                    host: localhost
                    port: %d
                    user: fingerpost
                    folder: referrals
                    private-key: %s
                    known-hosts: %s
          """
              .formatted(
                  host.port(),
                  host.writeUserKey(Wexcombe.DATA.resolve("council-user-key")),
                  host.writeKnownHosts(Wexcombe.DATA.resolve("council-known-hosts")));

      replaceRegistry(before.replace("client: council\n", sftp));

      assertThat(result(base, reference)).containsExactly("2," + reference + ",accepted,,");
      only(person);
    } finally {
      replaceRegistry(before);
    }
    Person next = Person.next();
    put(FOLDER, reference + "-back.csv", HEADERS + row(reference + "-back", next, "", "", "yes"));
    assertThat(result(FOLDER, reference + "-back")).hasSize(1);
  }

  private static void replaceRegistry(String yaml) throws IOException {
    Path written = Files.writeString(REGISTRY_FILE.resolveSibling("partners.new"), yaml);
    Files.move(written, REGISTRY_FILE, StandardCopyOption.ATOMIC_MOVE);
  }

  static String row(
      String reference, Person person, String accessibility, String restricted, String consent) {
    return String.join(
            ",",
            reference,
            "P-" + person.nhsNumber().substring(3, 9),
            person.nhsNumber(),
            person.family(),
            person.given(),
            person.birthDate(),
            accessibility,
            restricted,
            consent)
        + "\n";
  }

  private static void put(Path folder, String name, String text) throws IOException {
    await().atMost(LONG).until(() -> Files.isDirectory(folder.resolve("inbox")));
    Path part = Files.writeString(folder.resolve("inbox").resolve(name + ".part"), text);
    Files.move(part, folder.resolve("inbox").resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The lines of a result, without its headers. */
  private static List<String> result(Path folder, String name) throws IOException {
    Path result = folder.resolve("outbox").resolve(name + ".result.csv");
    await().atMost(LONG).until(() -> Files.exists(result));
    return Files.readAllLines(result).stream().skip(1).toList();
  }

  private static Patient onlyPatient(Person person) {
    List<Patient> found = SCHEME.search(Patient.class, "identifier=" + person.identifier());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static ServiceRequest only(Person person) {
    List<ServiceRequest> found =
        SCHEME.search(ServiceRequest.class, "patient=" + referenceTo(onlyPatient(person)));
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
