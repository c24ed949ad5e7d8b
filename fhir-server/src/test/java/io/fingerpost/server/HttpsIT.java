package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.AUTHORITY;
import static io.fingerpost.server.Wexcombe.EDITH;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.HTTPS_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static io.fingerpost.server.Wexcombe.TILER;
import static io.fingerpost.server.Wexcombe.TILER_PORT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.server.tls.Authority;
import io.fingerpost.server.tls.Authority.Issued;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** HTTP over TLS: whoever shows a certificate is held to it, and some have to show one. */
@OneServer
class HttpsIT {

  private static final String SECURE = "https://localhost:" + HTTPS_PORT;
  private static final ApiClient TILER_CLIENT =
      new ApiClient(SERVER, "tiler", Wexcombe.key("tiler"));

  private final HttpClient withoutCertificate = client(null);
  private final HttpClient asTiler = client(TILER);
  private final HttpClient asEdith = client(EDITH);
  private final JdbcTemplate database;
  private final TransactionTemplate committed;

  @Autowired
  HttpsIT(JdbcTemplate database, PlatformTransactionManager transactions) {
    this.database = database;
    this.committed = new TransactionTemplate(transactions);
  }

  /** What other tests' referrals are owed is not delivered here. */
  @BeforeEach
  void nothingIsOwedFromBefore() {
    committed.executeWithoutResult(
        open ->
            database.update(
                "update fingerpost.outbox set state = 'nobody', settled_at = now()"
                    + " where state = 'pending'"));
  }

  @Test
  void servesWhoShowsNoCertificateWhereNoneIsRegistered() throws Exception {
    String token = token(withoutCertificate, HOSPITAL);

    assertThat(status(withoutCertificate, SECURE, token)).isEqualTo(200);
    assertThat(status(asEdith, SECURE, token)).isEqualTo(200);
    assertThat(HOSPITAL.get("/fhir/Task", "Accept", "application/json").status()).isEqualTo(200);
  }

  @Test
  void bindsATokenToTheCertificateItWasTakenWith() throws Exception {
    String token = token(asEdith, HOSPITAL);

    assertThat(status(asEdith, SECURE, token)).isEqualTo(200);
    assertThat(status(asTiler, SECURE, token)).isEqualTo(401);
    assertThat(status(withoutCertificate, SECURE, token)).isEqualTo(401);
    assertThat(status(withoutCertificate, SERVER, token)).isEqualTo(401);
  }

  @Test
  void givesWhoHasACertificateRegisteredATokenWithThatAlone() throws Exception {
    assertThat(askForToken(withoutCertificate, TILER_CLIENT).statusCode()).isEqualTo(401);
    assertThat(askForToken(asEdith, TILER_CLIENT).statusCode()).isEqualTo(401);
    assertThat(TILER_CLIENT.askForToken(TILER_CLIENT.assertion()).status()).isEqualTo(401);
    assertThat(askForToken(withoutCertificate, TILER_CLIENT).body())
        .contains("invalid_client")
        .doesNotContain("access_token");

    assertThat(status(asTiler, SECURE, token(asTiler, TILER_CLIENT))).isEqualTo(200);
  }

  @Test
  void believesNoHeaderThatSpeaksOfACertificate() throws Exception {
    String pem = TILER.certificate().getSubjectX500Principal().getName();
    HttpRequest request =
        tokenRequest(SERVER, TILER_CLIENT)
            .header("X-Client-Cert", pem)
            .header("X-SSL-Client-Cert", pem)
            .header("Client-Cert", pem)
            .build();

    assertThat(withoutCertificate.send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void takesNoConnectionWithABadCertificate() {
    Issued ofAnother = new Authority("Another authority").issue("localhost");
    Issued over = AUTHORITY.issueExpired("localhost");

    for (HttpClient stranger : Stream.of(ofAnother, over).map(HttpsIT::client).toList()) {
      assertThatThrownBy(() -> askForToken(stranger, HOSPITAL)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsOfAFailedHandshakeByItsKindAlone() throws IOException {
    Issued ofAnother = new Authority("Nobody has heard of Pemberley").issue("localhost");
    assertThatThrownBy(() -> askForToken(client(ofAnother), HOSPITAL))
        .isInstanceOf(IOException.class);
    awaitLogged("outcome=tls-refused cause=SunCertPathBuilderException channel=https");

    try (Socket plain = new Socket("localhost", HTTPS_PORT)) {
      plain.getOutputStream().write("GET /pemberley HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      awaitLogged("outcome=tls-refused cause=IOException channel=https");
    }
    assertThat(Files.readString(Wexcombe.LOG)).doesNotContainIgnoringCase("pemberley");
  }

  private static void awaitLogged(String line) {
    await().untilAsserted(() -> assertThat(Files.readString(Wexcombe.LOG)).contains(line));
  }

  @Test
  void servesPlainHttpToThisMachineAlone() throws IOException {
    int port = URI.create(SERVER).getPort();
    assertThatThrownBy(() -> new Socket(addressInTheNetwork(), port).close())
        .isInstanceOf(IOException.class);
    new Socket(addressInTheNetwork(), HTTPS_PORT).close();
  }

  private static InetAddress addressInTheNetwork() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .findFirst()
        .orElseGet(HttpsIT::anotherLoopback);
  }

  /** On Linux all of 127/8 is this machine, and only what listens everywhere answers there. */
  private static InetAddress anotherLoopback() {
    try {
      return InetAddress.getByName("127.0.0.2");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tellsASurgeryByHttpsWithACertificateOfOurOwn() throws Exception {
    GpMessage message = new GpMessage(Person.next());
    String id = UUID.randomUUID().toString();
    HttpRequest referral =
        HttpRequest.newBuilder(URI.create(SECURE + "/fhir/$process-message"))
            .header("Authorization", "Bearer " + token(asTiler, TILER_CLIENT))
            .header("Content-Type", "application/fhir+json")
            .header("X-Request-Id", id)
            .header("X-Correlation-Id", id)
            .POST(BodyPublishers.ofString(message.text().replace("Z91001", "Z91002")))
            .build();
    HttpResponse<String> answer = asTiler.send(referral, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String sent = "https://fingerpost.io/Id/message|Z91002/urn:uuid:" + message.id();
    ServiceRequest stored = SCHEME.search(ServiceRequest.class, "identifier=" + sent).get(0);
    Task task = SCHEME.search(Task.class, "focus=" + Records.referenceTo(stored)).get(0);

    try (GpEndpoint surgery = GpEndpoint.on(TILER_PORT, AUTHORITY.contextOf(TILER))) {
      SCHEME.update(task.setStatus(TaskStatus.ACCEPTED));

      await().atMost(Duration.ofSeconds(30)).until(() -> owed() == 0);
      assertThat(surgery.received().get(0).body()).contains(message.id());
    }
  }

  @Test
  void showsANewCertificateOnBothPortsWithoutARestart() {
    Issued renewed = AUTHORITY.issue("localhost");
    renewed.writeCertificate(Wexcombe.TLS.resolve("own.pem"));
    renewed.writeKey(Wexcombe.TLS.resolve("own.key"));

    for (int port : new int[] {HTTPS_PORT, Wexcombe.MLLP_TLS_PORT}) {
      await().until(() -> shownBy(port).equals(renewed.certificate()));
    }
  }

  private static Certificate shownBy(int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) AUTHORITY.contextOf(EDITH).getSocketFactory().createSocket("localhost", port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private int owed() {
    Integer owed =
        database.queryForObject(
            "select count(*) from fingerpost.outbox where state = 'pending'", Integer.class);
    return owed == null ? 0 : owed;
  }

  private static HttpClient client(@Nullable Issued shown) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(AUTHORITY.contextOf(shown))
        .build();
  }

  private static int status(HttpClient http, String server, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/fhir/Task"))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  private static String token(HttpClient http, ApiClient client) throws Exception {
    HttpResponse<String> answer = askForToken(http, client);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
  }

  private static HttpResponse<String> askForToken(HttpClient http, ApiClient client)
      throws IOException, InterruptedException {
    return http.send(tokenRequest(SECURE, client).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder tokenRequest(String server, ApiClient client) {
    return HttpRequest.newBuilder(URI.create(server + "/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            BodyPublishers.ofString(
                "grant_type=client_credentials&client_assertion_type="
                    + ApiClient.ASSERTION_TYPE
                    + "&client_assertion="
                    + client.assertion()));
  }
}
