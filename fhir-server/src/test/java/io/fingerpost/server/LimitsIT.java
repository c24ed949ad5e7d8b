package io.fingerpost.server;

import static io.fingerpost.server.Wexcombe.HTTP_PORT;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static io.fingerpost.server.Wexcombe.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.ApiClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too much, and what every answer carries. */
@OneServer
class LimitsIT {

  private static final byte[] ELEVEN_MEGABYTES = new byte[11 * 1024 * 1024];

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/metadata",
        "/fhir/Patient",
        "/fhir/Patient/none",
        "/fhir/NoSuchThing",
        "/oauth2/token",
        "/actuator/health",
        "/console",
        "/nowhere"
      })
  void everyAnswerIsForTheProgramThatAskedAndSaysNothingOfTheServer(String path) {
    for (String authorization : new String[] {"None", "Bearer " + SCHEME.token()}) {
      Answer answer =
          ApiClient.send(request(path).setHeader("Authorization", authorization).build());

      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Cache-Control")).contains("no-store");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"))
          .doesNotContain("server", "x-powered-by", "strict-transport-security");
      assertThat(answer.body()).doesNotContain("Exception", "HAPI-", "Tomcat", "\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "PROPFIND", "LINK"})
  void otherMethodsAreRefusedThePreflightOfABrowserAmongThem(String method) {
    Answer answer =
        ApiClient.send(
            request("/fhir/Patient")
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "GET")
                .method(method, BodyPublishers.noBody())
                .build());

    // To TRACE the servlet container has its own answer.
    assertThat(answer.status()).isIn(400, 405);
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void whatIsNoHttpIsToldSoAndNothingMore() throws IOException {
    try (Socket socket = new Socket("localhost", HTTP_PORT)) {
      socket
          .getOutputStream()
          .write(
              "GET /fhir/Patient?x=\u0001<script> HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readNBytes(400), StandardCharsets.ISO_8859_1);

      assertThat(answer).startsWith("HTTP/1.1 400");
      assertThat(answer).doesNotContain("Tomcat", "Exception", "<script>");
    }
  }

  @Test
  void anAddressIsOfBoundedLength() {
    Answer answer = SCHEME.get("/fhir/Patient?name=" + "x".repeat(8_200));

    assertThat(answer.status()).isEqualTo(414);
    assertThat(answer.code()).isEqualTo("URL_TOO_LONG");
  }

  @Test
  void aBodyIsOfBoundedSizeWhetherOrNotItsLengthIsTold() {
    for (BodyPublisher body :
        new BodyPublisher[] {
          BodyPublishers.ofByteArray(spaces()),
          BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces()))
        }) {
      Answer answer = post("/fhir/Patient", body, "application/fhir+json");

      assertThat(answer.status()).as(answer.body()).isEqualTo(413);
      assertThat(answer.code()).isEqualTo("REQUEST_TOO_LARGE");
    }
  }

  @Test
  void aBodyIsWhatItLooksLike() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(ELEVEN_MEGABYTES);
    }

    Answer answer =
        ApiClient.send(
            authorised("/fhir/Patient")
                .header("Content-Type", "application/fhir+json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bomb.toByteArray()))
                .build());

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("TYPE_UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "transaction"})
  void aBundleHasABoundedNumberOfEntries(String type) {
    String entry = "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/none\"}}";
    String entries = IntStream.range(0, 501).mapToObj(i -> entry).collect(Collectors.joining(","));

    Answer answer =
        SCHEME.send(
            "POST",
            "/fhir",
            "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("BUNDLE_TOO_LARGE");
  }

  @Test
  void jsonIsNestedNoDeeperThanNeeded() {
    String open = "{\"url\":\"https://example.org/x\",\"extension\":[";
    String deep =
        "{\"resourceType\":\"Patient\",\"extension\":["
            + open.repeat(5_000)
            + "]}".repeat(5_000)
            + "]}";

    Answer answer = SCHEME.send("POST", "/fhir/Patient", deep);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("BODY_TOO_DEEP");
  }

  @Test
  void xmlIsNestedNoDeeperThanNeeded() {
    String deep =
        "<Patient xmlns=\"http://hl7.org/fhir\">"
            + "<extension url=\"https://example.org/x\">".repeat(5_000)
            + "</extension>".repeat(5_000)
            + "</Patient>";

    Answer answer = post("/fhir/Patient", BodyPublishers.ofString(deep), "application/fhir+xml");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("BODY_TOO_DEEP");
  }

  @Test
  void xmlBringsNoEntitiesAlong(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "hidden-in-a-file");
    String outside = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";
    String swelling =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY e \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    for (String type : new String[] {outside, swelling}) {
      String patient =
          type
              + "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"&e;\"/></name></Patient>";

      Answer answer =
          post("/fhir/Patient", BodyPublishers.ofString(patient), "application/fhir+xml");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("REQUEST_INVALID");
      assertThat(answer.body()).doesNotContain("hidden-in-a-file", "aaaaaaaaaa");
    }
  }

  static String[] searches() {
    return new String[] {
      IntStream.range(0, 41).mapToObj(i -> "name=x").collect(Collectors.joining("&")),
      "_id=" + IntStream.range(0, 202).mapToObj(Integer::toString).collect(Collectors.joining(",")),
      "general-practitioner:Practitioner.a.b.c=x",
      "_has:Task:patient:_has:A:b:_has:C:d:code=x",
      "_revinclude=Task:patient" + "&_revinclude=Task:patient".repeat(10),
      "_include:iterate=Task:patient" + "&_revinclude:iterate=Task:patient".repeat(2)
    };
  }

  @Test
  void aSearchAsksForABoundedNumberOfThings() {
    for (String search : searches()) {
      Answer answer = SCHEME.get("/fhir/Patient?" + search);

      assertThat(answer.status()).as(search).isEqualTo(400);
      assertThat(answer.code()).as(search).isEqualTo("SEARCH_TOO_COMPLEX");

      Answer posted =
          SCHEME.send(
              "POST",
              "/fhir/Patient/_search",
              search,
              "Content-Type",
              "application/x-www-form-urlencoded");
      assertThat(posted.code()).as(search).isEqualTo("SEARCH_TOO_COMPLEX");
    }
  }

  @Test
  void aSearchInABundleIsHeldToTheSame() {
    for (String search : searches()) {
      Answer answer = getInBatch("Patient?" + search);

      assertThat(answer.status()).as(search).isEqualTo(400);
      assertThat(answer.code()).as(search).isEqualTo("SEARCH_TOO_COMPLEX");
    }
  }

  @Test
  void anEntryOfABatchIsToldItsFaultWithoutItsValues() {
    Answer answer = getInBatch("Patient/unheard-of");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/entry/0/response/status").asText()).isEqualTo("404");
    assertThat(answer.body()).contains("NOT_FOUND").doesNotContain("HAPI-", "unheard-of");
  }

  private static Answer getInBatch(String url) {
    return SCHEME.send(
        "POST",
        "/fhir",
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":"
            + "[{\"request\":{\"method\":\"GET\",\"url\":\""
            + url
            + "\"}}]}");
  }

  private static byte[] spaces() {
    byte[] body = ELEVEN_MEGABYTES.clone();
    Arrays.fill(body, (byte) ' ');
    return body;
  }

  private static Answer post(String path, BodyPublisher body, String type) {
    return ApiClient.send(
        authorised(path)
            .header("Content-Type", type)
            .header("Accept", "application/fhir+json")
            .POST(body)
            .build());
  }

  private static HttpRequest.Builder authorised(String path) {
    return request(path).header("Authorization", "Bearer " + SCHEME.token());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(SERVER + path));
  }
}
