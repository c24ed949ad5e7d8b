package io.fingerpost.routes.mesh;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.fingerpost.routes.mesh.MeshSettings.OwnMailbox;
import io.fingerpost.routes.mesh.MeshSettings.Pace;
import io.fingerpost.routes.mesh.Post.Condition;
import io.fingerpost.routes.mesh.Post.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** A mailbox against a MESH that answers as NHS England's sandbox does, and worse. */
class MailboxTest {

  private static final String INBOX = "/messageexchange/X26WEX1/inbox";
  private static final byte[] TEXT =
      "{\"resourceType\": \"Bundle\"}".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension
  private static final WireMockExtension MESH =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.options().dynamicPort().gzipDisabled(true))
          .build();

  private Mailbox mailbox;

  @BeforeEach
  void openMailbox(@TempDir Path folder) throws IOException, NoSuchAlgorithmException {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    MeshSettings settings =
        new MeshSettings(
            URI.create(MESH.baseUrl()),
            secret,
            "none",
            DataSize.ofKilobytes(1),
            List.of(new OwnMailbox("X26WEX1", secret, List.of("REFERRAL"), null)),
            new Pace(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(800),
                Duration.ofDays(5)));
    SSLContext tls = SSLContext.getDefault();
    mailbox =
        new Mailbox(
            "X26WEX1",
            new MeshHttp(settings, () -> tls),
            new MailboxToken("X26WEX1", secret, secret, Clock.systemUTC()),
            settings.maxSize().toBytes());
  }

  @Test
  void isValidatedWithWhatMeshWantsToKnow() {
    MESH.stubFor(post(anyUrl()).willReturn(okJson("{}")));

    mailbox.validate();

    MESH.verify(
        postRequestedFor(urlEqualTo("/messageexchange/X26WEX1"))
            .withHeader(
                "Authorization", matching("NHSMESH X26WEX1:[0-9a-f-]{36}:0:[0-9]{12}:.{64}"))
            .withHeader("mex-ClientVersion", matching(".+"))
            .withHeader("mex-OSName", matching(".+"))
            .withHeader("mex-OSVersion", matching(".+")));
  }

  @Test
  void isListedPageByPage() {
    MESH.stubFor(
        get(INBOX)
            .willReturn(
                okJson(
                    "{\"messages\": [\"A1\"], \"links\": {\"next\": \"" + INBOX + "?from=x\"}}")));
    MESH.stubFor(get(INBOX + "?from=x").willReturn(okJson("{\"messages\": [\"A2\"]}")));

    assertThat(mailbox.list()).containsExactly("A1", "A2");
    MESH.verify(
        getRequestedFor(urlEqualTo(INBOX))
            .withHeader("Accept", equalTo("application/vnd.mesh.v2+json")));
  }

  @Test
  void followsNoLinkToElsewhere() {
    MESH.stubFor(
        get(INBOX)
            .willReturn(
                okJson(
                    "{\"messages\": [\"A1\"], \"links\": {\"next\": \"http://elsewhere.example/\"}}")));

    assertThat(mailbox.list()).containsExactly("A1");
  }

  @Test
  void makesNoAddressOfAnIdThatIsNone() {
    MESH.stubFor(get(INBOX).willReturn(okJson("{\"messages\": [\"../X26WEX2/inbox\"]}")));

    assertThatThrownBy(() -> mailbox.list()).isInstanceOf(MeshUnreachable.class);
  }

  @Test
  void givesAMessageWithWhatMeshSaysOfIt() {
    MESH.stubFor(
        get(INBOX + "/A1")
            .willReturn(
                part("1:1", TEXT)
                    .withHeader("Mex-From", "x26gp1")
                    .withHeader("Mex-WorkflowID", "REFERRAL")
                    .withHeader("Mex-LocalID", "theirs")));

    Post post = mailbox.fetch("A1");

    assertThat(post.body()).isEqualTo(TEXT);
    assertThat(post.condition()).isEqualTo(Condition.WHOLE);
    assertThat(post.cover())
        .isEqualTo(new Post.Cover(Kind.DATA, "X26GP1", "REFERRAL", false, null, null, "theirs"));
    assertThat(post.toString()).doesNotContain("Bundle");
  }

  @Test
  void putsPartsTogether() {
    stubParts(
        part("1:3", cut(TEXT, 0, 9)),
        part("2:3", cut(TEXT, 9, 12)),
        part("3:3", cut(TEXT, 12, 99)));

    assertThat(mailbox.fetch("A1").body()).isEqualTo(TEXT);
  }

  @Test
  void decompressesWhatWasCompressedAndThenCut() throws IOException {
    byte[] gzip = gzip(TEXT);
    stubParts(
        part("1:2", cut(gzip, 0, 13)).withHeader("Mex-Content-Compressed", "Y"),
        part("2:2", cut(gzip, 13, 999)).withHeader("Mex-Content-Compressed", "Y"));

    assertThat(mailbox.fetch("A1").body()).isEqualTo(TEXT);
  }

  @Test
  void decompressesPartsThatWereCompressedOneByOne() throws IOException {
    stubParts(
        part("1:2", gzip(cut(TEXT, 0, 10))).withHeader("Content-Encoding", "gzip"),
        part("2:2", gzip(cut(TEXT, 10, 99))).withHeader("Content-Encoding", "gzip"));

    assertThat(mailbox.fetch("A1").body()).isEqualTo(TEXT);
  }

  @Test
  void decompressesWhatBothTheSenderAndTheTransportCompressed() throws IOException {
    stubParts(
        part("1:1", gzip(gzip(TEXT)))
            .withHeader("Content-Encoding", "gzip")
            .withHeader("Mex-Content-Compressed", "Y"));

    assertThat(mailbox.fetch("A1").body()).isEqualTo(TEXT);
  }

  @Test
  void takesAsItIsWhatMeshDecompressedAlready() {
    stubParts(part("1:1", TEXT).withHeader("Mex-Content-Compressed", "Y"));

    assertThat(mailbox.fetch("A1").body()).isEqualTo(TEXT);
  }

  @Test
  void neverUnpacksABomb() throws IOException {
    byte[] bomb = gzip(new byte[400_000]);
    assertThat(bomb.length).isLessThan(1024);
    stubParts(part("1:1", bomb).withHeader("Mex-Content-Compressed", "Y"));

    Post post = mailbox.fetch("A1");

    assertThat(post.condition()).isEqualTo(Condition.TOO_LARGE);
    assertThat(post.body()).isEqualTo(bomb);
  }

  @Test
  void neverUnpacksABombInABomb() throws IOException {
    byte[] bomb = gzip(gzip(new byte[40_000_000]));
    stubParts(part("1:1", cut(bomb, 0, 1024)).withHeader("Mex-Content-Compressed", "Y"));

    assertThat(mailbox.fetch("A1").condition()).isNotEqualTo(Condition.WHOLE);
  }

  @Test
  void saysThatItIsCorruptWhereItCannotBeDecompressed() throws IOException {
    byte[] gzip = gzip(TEXT);
    gzip[gzip.length - 6] ^= 1;
    stubParts(part("1:1", gzip).withHeader("Mex-Content-Compressed", "Y"));

    assertThat(mailbox.fetch("A1").condition()).isEqualTo(Condition.CORRUPT);
  }

  @Test
  void stopsFetchingWhatIsTooLarge() {
    stubParts(part("1:3", new byte[600]), part("2:3", new byte[600]), part("3:3", new byte[600]));

    assertThat(mailbox.fetch("A1").condition()).isEqualTo(Condition.TOO_LARGE);
    MESH.verify(0, getRequestedFor(urlEqualTo(INBOX + "/A1/3")));
  }

  @ParameterizedTest
  @CsvSource({"2:2,200", "1:2,200", "1:1,206", "x:1,200", "1,200", "1:5000,206", "3:1,200"})
  void takesNoOtherPartThanItAskedFor(String range, int status) {
    MESH.stubFor(get(INBOX + "/A1").willReturn(part(range, TEXT).withStatus(status)));

    assertThatThrownBy(() -> mailbox.fetch("A1")).isInstanceOf(MeshUnreachable.class);
  }

  @Test
  void takesNoHalfAPart() {
    MESH.stubFor(get(INBOX + "/A1").willReturn(part("1:2", TEXT)));
    MESH.stubFor(
        get(INBOX + "/A1/2").willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));

    assertThatThrownBy(() -> mailbox.fetch("A1")).isInstanceOf(MeshUnreachable.class);
  }

  @Test
  void waitsNoLongerThanItIsTold() {
    MESH.stubFor(
        get(INBOX + "/A1").willReturn(part("1:1", TEXT).withChunkedDribbleDelay(10, 20_000)));

    assertThatThrownBy(() -> mailbox.fetch("A1")).isInstanceOf(MeshUnreachable.class);
  }

  @Test
  void knowsAReportFromAMessage() {
    MESH.stubFor(
        get(INBOX + "/R1")
            .willReturn(
                aResponse()
                    .withHeader("Mex-MessageType", "REPORT")
                    .withHeader("Mex-StatusCode", "14")
                    .withHeader("Mex-LinkedMsgID", "OURS1")
                    .withHeader("Mex-StatusSuccess", "ERROR")));

    Post.Cover cover = mailbox.fetch("R1").cover();

    assertThat(cover.kind()).isEqualTo(Kind.REPORT);
    assertThat(cover.statusCode()).isEqualTo("14");
    assertThat(cover.about()).isEqualTo("OURS1");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429, 408, 302})
  void mayBeReachedLater(int status) {
    MESH.stubFor(get(anyUrl()).willReturn(status(status).withHeader("Location", "/elsewhere")));

    assertThatThrownBy(() -> mailbox.fetch("A1")).isInstanceOf(MeshUnreachable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "403,false,true",
    "401,false,true",
    "410,true,false",
    "404,true,false",
    "400,false,false"
  })
  void isRefused(int status, boolean gone, boolean shutOut) {
    MESH.stubFor(get(anyUrl()).willReturn(status(status)));

    MeshRefused refused = catchThrowableOfType(MeshRefused.class, () -> mailbox.fetch("A1"));

    assertThat(refused.isGone()).isEqualTo(gone);
    assertThat(refused.isShutOut()).isEqualTo(shutOut);
  }

  @Test
  void isToldWhatNeedsNotBeKeptThere() {
    MESH.stubFor(put(anyUrl()).willReturn(okJson("")));

    mailbox.acknowledge("A1");

    MESH.verify(putRequestedFor(urlEqualTo(INBOX + "/A1/status/acknowledged")));
  }

  @Test
  void sendsALetterUnderOurId() {
    MESH.stubFor(post(anyUrl()).willReturn(okJson("{\"message_id\": \"M9\"}").withStatus(202)));
    UUID id = UUID.randomUUID();

    assertThat(mailbox.send(new Letter(id, "X26GP1", "REFERRAL_ACK", TEXT, 1))).isEqualTo("M9");

    MESH.verify(
        postRequestedFor(urlEqualTo("/messageexchange/X26WEX1/outbox"))
            .withHeader("mex-To", equalTo("X26GP1"))
            .withHeader("mex-From", equalTo("X26WEX1"))
            .withHeader("mex-WorkflowID", equalTo("REFERRAL_ACK"))
            .withHeader("mex-LocalID", equalTo(id.toString()))
            .withHeader("mex-Subject", absent()));
  }

  @Test
  void asksWhetherALetterWentOut() {
    MESH.stubFor(get("/messageexchange/X26WEX1/outbox/tracking/there").willReturn(okJson("{}")));
    MESH.stubFor(get("/messageexchange/X26WEX1/outbox/tracking/not-there").willReturn(status(404)));

    assertThat(mailbox.hasSent("there")).isTrue();
    assertThat(mailbox.hasSent("not-there")).isFalse();
  }

  private static void stubParts(ResponseDefinitionBuilder... parts) {
    for (int part = 1; part <= parts.length; part++) {
      MESH.stubFor(get(INBOX + "/A1" + (part == 1 ? "" : "/" + part)).willReturn(parts[part - 1]));
    }
  }

  /** As the sandbox does: 206 until the last. */
  private static ResponseDefinitionBuilder part(String range, byte[] body) {
    String[] ends = range.split(":", -1);
    return aResponse()
        .withStatus(ends.length == 2 && !ends[0].equals(ends[1]) ? 206 : 200)
        .withHeader("Mex-Chunk-Range", range)
        .withHeader("Mex-MessageType", "DATA")
        .withBody(body);
  }

  private static byte[] cut(byte[] whole, int from, int to) {
    return Arrays.copyOfRange(whole, from, Math.min(to, whole.length));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}
