package io.fingerpost.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class RegistryTest {

  private static final String ROW =
      """
          - client: %s
            organisation: Z9H01
            name: St Aldhelm
            kind: hospital
            roles: [partner]
            scopes: [system/CarePlan.rs]
            keys: "file:/nowhere/jwks.json"
            disabled: %s
      """;
  private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();
  private static final String HEAD = "fingerpost:\n  partners:\n";

  private final Now now = new Now();
  private final Path folder;
  private final Path file;
  private final Registry registry;

  RegistryTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.file = folder.resolve("partners.yaml");
    Files.writeString(file, HEAD + ROW.formatted("first", false) + ROW.formatted("second", false));
    this.registry = registryOf(file, now);
  }

  private static Registry registryOf(Path file, Now now) {
    AccessSettings settings =
        new AccessSettings(
            new AccessSettings.Access(
                "http://localhost",
                file,
                Path.of("none"),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                new AccessSettings.Keys(
                    Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO)),
            List.of());
    return new Registry(settings, rows(), now);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void knowsTheClientsOfTheFile() {
    assertThat(registry.find("first")).get().extracting(Client::organisation).isEqualTo("Z9H01");
    assertThat(registry.find("nobody")).isEmpty();
    assertThat(registry.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void shutsAClientOutAtTheNextAsking() throws IOException {
    Registry ofAnotherNode = registryOf(file, now);
    assertThat(registry.find("first")).isPresent();
    assertThat(ofAnotherNode.find("first")).isPresent();

    write(HEAD + ROW.formatted("first", true) + ROW.formatted("second", false));

    assertThat(registry.find("first")).isEmpty();
    assertThat(ofAnotherNode.find("first")).isEmpty();
    assertThat(registry.find("second")).isPresent();
  }

  @Test
  void forgetsAClientWhoseRowIsGone() throws IOException {
    assertThat(registry.find("second")).isPresent();

    write(HEAD + ROW.formatted("first", false));

    assertThat(registry.find("second")).isEmpty();
    assertThat(registry.find("first")).isPresent();
  }

  @Test
  void seesAChangeThatTheClockOfTheFileSystemDoesNotShow() throws IOException {
    FileTime tick = FileTime.from(now.instant());
    Files.setLastModifiedTime(file, tick);
    assertThat(registry.find("first")).isPresent();

    write(HEAD + ROW.formatted("third", false) + ROW.formatted("second", false));
    Files.setLastModifiedTime(file, tick);

    assertThat(registry.find("first")).isEmpty();
  }

  @Test
  void readsAFileThatWasPutInThePlaceOfAnother() throws IOException {
    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(file, longAgo);
    assertThat(registry.find("first")).isPresent();
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, HEAD + ROW.formatted("third", false) + ROW.formatted("second", false));
    Files.setLastModifiedTime(other, longAgo);

    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertThat(registry.find("first")).isEmpty();
    assertThat(registry.find("third")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fingerpost: {partners: []}",
        "fingerpost:\n  partners: [\"unclosed",
        "fingerpost:\n  partners:\n    - client: first\n",
        HEAD + "    - {client: a, organisation: Z9H01, kind: gp, roles: [lord], keys: \"file:/k\"}",
        HEAD + "    - {client: a, organisation: Z9H01, kind: gp, roles: [partner], scopes: [x]}",
        HEAD
            + "    - {client: a, organisation: Z9H01, kind: gp, roles: [partner],"
            + " scopes: [system/Patient.read]}",
        HEAD
            + "    - {client: a, organisation: Z9H01, kind: gp, roles: [partner],"
            + " keys: \"http://elsewhere.example/jwks\"}",
        HEAD
            + "    - {client: a, organisation: Z9H01, kind: gp, roles: [partner]}\n"
            + "    - {client: a, organisation: Z9H02, kind: gp, roles: [partner]}"
      })
  void goesOnWithTheLastGoodRegistryAndSaysSo(String faulty) throws IOException {
    assertThat(registry.find("first")).isPresent();

    write(faulty);

    assertThat(registry.find("first")).isPresent();
    assertThat(registry.isFaulty()).isTrue();
    assertThat(registry.health().getStatus()).isEqualTo(Status.DOWN);

    write(HEAD + ROW.formatted("second", false));
    assertThat(registry.find("first")).isEmpty();
    assertThat(registry.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void namesEveryFaultByItsLine() {
    String text =
        """
        fingerpost:
          partners:
            - client: a
              organisation: z9
              kind: gp
              roles: [partner]
              scopes: [system/CarePlan.rs, secret]
            - client: a
              kind: gp
              roles: [partner]
        """;

    assertThatThrownBy(() -> rows().read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RegistryFault.class)
        .hasMessageContaining("line 4 column 21 fingerpost.partners[0].organisation: must match")
        .hasMessageContaining("line 7 column 36 fingerpost.partners[0].scopes[1]")
        .hasMessageContaining("line 8 column 15 fingerpost.partners[1].client: stands there twice")
        .hasMessageContaining(
            "line 8 column 15 fingerpost.partners[1].organisation: must not be null")
        .hasMessageNotContaining("z9")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'fingerpost:\n  partners: [\"unclosed' | line 2 column",
        "'fingerpost:\n  partners:\n    - client: a\n      roles: [lord]' | line 4 column 15"
      })
  void namesWhereItCannotBeReadAtAll(String text, String place) {
    byte[] written = text.translateEscapes().getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> rows().read(written))
        .isInstanceOf(RegistryFault.class)
        .hasMessageStartingWith(place)
        .hasMessageNotContaining("lord");
  }

  private static RegistryRows rows() {
    return rows(new StaticListableBeanFactory());
  }

  private static RegistryRows rows(ListableBeanFactory parts) {
    return new RegistryRows(
        new MockEnvironment(), VALIDATORS.getValidator(), new RegistryRecords(parts));
  }

  /** A misspelt {@code certificates} would let everybody in. */
  @Test
  void namesWhatNobodyReadsAndWhatTheRoutesCannotUse() {
    StaticListableBeanFactory routes = new StaticListableBeanFactory();
    routes.addBean("settings", new PartnerSettings(new Scheme("Z9S01", "Wexcombe"), List.of()));
    String text =
        """
        fingerpost:
          access: {token-lifetime: PT1M}
          scheme: {organisation: Z9S01, name: Wexcombe Connect, telephone: "01632 960000"}
          partners:
            - client: a
              organisation: Z9H01
              name: A
              kind: hospital
              roles: [partner]
              certficates: ["00"]
              hl7v2: {sending-application: A, sending-facility: B, adress: "secret:2575"}
            - client: b
              organisation: Z9C01
              kind: adult-social-care
              roles: [partner]
              files: {delimiter: x, codes: {need: ""}, sftp: {host: h, user: u, known-hosts: /k}}
        """;

    assertThatThrownBy(() -> rows(routes).read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RegistryFault.class)
        .hasMessageContaining("line 3 column 68 fingerpost.scheme.telephone: is no key")
        .hasMessageContaining("line 10 column 21 fingerpost.partners[0].certficates[0]: is no key")
        .hasMessageContaining("line 11 column 68 fingerpost.partners[0].hl7v2.adress: is no key")
        .hasMessageContaining("line 12 column 15 fingerpost.partners[1].name: must not be blank")
        .hasMessageContaining(
            "line 16 column 26 fingerpost.partners[1].files.delimiter: must match")
        .hasMessageContaining(
            "line 16 column 43 fingerpost.partners[1].files.codes[need]: must not")
        .hasMessageContaining("fingerpost.partners[1].files.sftp.proven: name a private-key")
        .hasMessageNotContaining("access")
        .hasMessageNotContaining("secret");
  }

  @Test
  void tellsWhoeverStartsItWhatToMend() {
    FailureAnalysis analysis =
        new RegistryFaultAnalyzer()
            .analyze(new IllegalStateException(new RegistryFault("line 1: a; line 2: b")));

    assertThat(analysis.getDescription()).endsWith("\n    line 1: a\n    line 2: b");
  }

  @Test
  void goesOnWithTheLastGoodRegistryWhileThereIsNoFile() throws IOException {
    assertThat(registry.find("first")).isPresent();

    Files.delete(file);

    assertThat(registry.find("first")).isPresent();
    assertThat(registry.isFaulty()).isTrue();
  }

  @Test
  void takesKeysFromTheMachineItselfWithoutTls() throws IOException {
    write(
        HEAD
            + "    - {client: a, organisation: Z9H01, kind: gp, roles: [partner],"
            + " keys: \"http://localhost:1/jwks\"}");

    assertThat(registry.find("a")).isPresent();
  }
}
