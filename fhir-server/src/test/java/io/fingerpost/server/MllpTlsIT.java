package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.AUTHORITY;
import static io.fingerpost.server.Wexcombe.EDITH;
import static io.fingerpost.server.Wexcombe.EDITH_PORT;
import static io.fingerpost.server.Wexcombe.MLLP_PORT;
import static io.fingerpost.server.Wexcombe.MLLP_TLS_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fingerpost.server.tls.Authority;
import io.fingerpost.server.tls.Authority.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A hospital by MLLP over TLS is known by what it writes and by its certificate. */
@OneServer
@Timeout(90)
class MllpTlsIT {

  /** A ClientHello that knows nothing newer than TLS 1.1: the JDK would not write one. */
  private static final byte[] HELLO_OF_TLS_1_1 =
      HexFormat.of()
          .parseHex(
              "1603010031"
                  + "0100002d"
                  + "0302"
                  + "11".repeat(32)
                  + "00"
                  + "0006c013c014002f"
                  + "0100");

  private final Person person = Person.next();
  private final JdbcTemplate database;

  @Autowired
  MllpTlsIT(JdbcTemplate database) {
    this.database = database;
  }

  @Test
  void takesAReferralFromTheHospitalWhoseCertificateItIs() throws IOException {
    String controlId = Hl7.newControlId();

    assertThat(Hl7.code(send(EDITH, "EDITH", controlId))).isEqualTo("AA");

    assertThat(referral(controlId).getStatus().toCode()).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksTheTwoVersionsThatAreGood(String version) throws IOException {
    try (SSLSocket socket = open(AUTHORITY.contextOf(EDITH))) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getSession().getCipherSuite()).contains("_GCM_");
    }
  }

  @Test
  void refusesTls11() throws IOException {
    try (Socket socket = plainSocket()) {
      socket.getOutputStream().write(HELLO_OF_TLS_1_1);
      byte[] alert = socket.getInputStream().readNBytes(7);
      assertThat(alert).startsWith(0x15);
      // Fatal: protocol_version.
      assertThat(alert).endsWith(0x02, 0x46);
    }
    assertThatItServes();
  }

  @Test
  void answersAnotherHospitalsCertificateOrNoneAsAStranger() throws IOException {
    Issued unregistered = AUTHORITY.issue("localhost");
    String byPlain =
        MllpConnection.answer(
            MLLP_PORT, Hl7.referral("EDITH", "Z9H03", Hl7.newControlId(), person));

    for (String answer :
        List.of(
            send(unregistered, "EDITH", Hl7.newControlId()),
            send(EDITH, "ALDHELM", Hl7.newControlId()),
            byPlain)) {
      assertThat(Hl7.code(answer)).isEqualTo("AR");
      assertThat(answer).contains("SENDER_UNKNOWN").doesNotContain("Z9H03^", person.nhsNumber());
    }
    assertThat(stranger()).isEqualTo(shape(byPlain));
    // One of the authority, and registered to nobody, with a name that asks for none.
    assertThat(Hl7.code(send(unregistered, "ALDHELM", Hl7.newControlId()))).isEqualTo("AA");
  }

  /** What somebody hears whom nobody knows at all. */
  private String stranger() throws IOException {
    return shape(
        MllpConnection.answer(
            MLLP_PORT, Hl7.referral("NOBODY", "Z9H99", Hl7.newControlId(), person)));
  }

  /** An answer without what is the message's own. */
  private static String shape(String answer) {
    return Hl7.field(answer, "ERR", 3) + Hl7.field(answer, "ERR", 5) + Hl7.field(answer, "ERR", 8);
  }

  @Test
  void takesNoConnectionWithoutAGoodCertificateAndServesOn() throws IOException {
    double failed = handshakes("failed");
    Issued ofAnother = new Authority("Another authority").issue("localhost");
    Issued over = AUTHORITY.issueExpired("localhost");

    for (SSLContext stranger :
        Stream.of(ofAnother, over, null).map(AUTHORITY::contextOf).toList()) {
      assertThatThrownBy(() -> exchange(stranger, "EDITH", Hl7.newControlId()))
          .isInstanceOf(IOException.class);
    }
    assertThatItServes();
    await().until(() -> handshakes("failed") >= failed + 3);
    assertThat(Files.readString(Wexcombe.LOG)).contains("outcome=tls-refused cause=");
  }

  @Test
  void closesOnWhoSpeaksPlainlyAndServesOn() throws IOException {
    try (Socket socket = plainSocket()) {
      socket
          .getOutputStream()
          .write(
              MllpConnection.frame(Hl7.referral("ALDHELM", "Z9H01", Hl7.newControlId(), person)));
      assertThat(contentUntilEnd(socket.getInputStream())).doesNotContain("MSA");
    }
    assertThatItServes();
  }

  @Test
  void servesWhileOthersLeaveTheirHandshakesHalfOpenAndClosesThem() throws IOException {
    List<Socket> halfOpen = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = plainSocket();
        socket.getOutputStream().write(HELLO_OF_TLS_1_1, 0, i % 40);
        halfOpen.add(socket);
      }
      assertThatItServes();
      for (Socket socket : halfOpen) {
        contentUntilEnd(socket.getInputStream());
      }
    } finally {
      for (Socket socket : halfOpen) {
        socket.close();
      }
    }
  }

  @Test
  void tellsAHospitalByTlsWithACertificateOfOurOwn() throws IOException {
    String controlId = Hl7.newControlId();
    assertThat(Hl7.code(send(EDITH, "EDITH", controlId))).isEqualTo("AA");
    Issued impostor = AUTHORITY.issue("elsewhere.example");

    try (HospitalListener elsewhere =
        HospitalListener.on(EDITH_PORT, AUTHORITY.contextOf(impostor))) {
      Task task =
          SCHEME.search(Task.class, "focus=" + Records.referenceTo(referral(controlId))).get(0);
      SCHEME.update(task.setStatus(TaskStatus.ACCEPTED));
      await().atMost(Duration.ofSeconds(30)).until(() -> owed("attempts > 0") == 1);
      assertThat(elsewhere.received()).isEmpty();
    }
    try (HospitalListener hospital = edith()) {
      await().atMost(Duration.ofSeconds(30)).until(() -> owed("true") == 0);
      assertThat(hospital.received().get(0)).contains("REF-" + controlId);
    }
  }

  /** The port is not free at once after somebody else has had it. */
  private static HospitalListener edith() {
    return await()
        .ignoreExceptionsInstanceOf(BindException.class)
        .until(() -> HospitalListener.on(EDITH_PORT, AUTHORITY.contextOf(EDITH)), Objects::nonNull);
  }

  private void assertThatItServes() throws IOException {
    assertThat(Hl7.code(send(EDITH, "EDITH", Hl7.newControlId()))).isEqualTo("AA");
  }

  private String send(Issued shown, String application, String controlId) throws IOException {
    return exchange(AUTHORITY.contextOf(shown), application, controlId);
  }

  private String exchange(SSLContext tls, String application, String controlId) throws IOException {
    String facility = application.equals("EDITH") ? "Z9H03" : "Z9H01";
    try (MllpConnection connection = new MllpConnection(open(tls))) {
      connection.send(Hl7.referral(application, facility, controlId, person));
      return connection.receive();
    }
  }

  private static SSLSocket open(SSLContext tls) throws IOException {
    return (SSLSocket) tls.getSocketFactory().createSocket("localhost", MLLP_TLS_PORT);
  }

  private static Socket plainSocket() throws IOException {
    Socket socket = new Socket("localhost", MLLP_TLS_PORT);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String contentUntilEnd(InputStream in) throws IOException {
    try {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  private static ServiceRequest referral(String controlId) {
    return SCHEME
        .search(
            ServiceRequest.class, "identifier=https://fingerpost.io/Id/message|Z9H03/" + controlId)
        .get(0);
  }

  private int owed(String condition) {
    Integer owed =
        database.queryForObject(
            "select count(*) from fingerpost.outbox where state = 'pending' and " + condition,
            Integer.class);
    return owed == null ? 0 : owed;
  }

  private static double handshakes(String outcome) {
    String metrics =
        ApiClient.send(HttpRequest.newBuilder(URI.create(SERVER + "/actuator/prometheus")).build())
            .body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("fingerpost_mllp_handshakes_total{outcome=\"" + outcome))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
