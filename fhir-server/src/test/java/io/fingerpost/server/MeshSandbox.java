package io.fingerpost.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.fingerpost.server.tls.Authority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * MESH with the scheme's mailboxes, as NHS England's own sandbox behaves: it asks for a token made
 * with password and shared key, lists what is not acknowledged, gives it in parts, and takes what
 * is sent. It can be told to misbehave.
 */
final class MeshSandbox implements ResponseDefinitionTransformerV2 {

  static final String PASSWORD = "made-up password";
  static final String SHARED_KEY = "made-up key";

  private static final Pattern PATH =
      Pattern.compile("/messageexchange/([A-Z0-9]+)(?:/(inbox|outbox)(?:/(.+))?)?");

  /** A message in a mailbox. */
  private record Lying(
      String mailbox, Map<String, String> headers, List<byte[]> parts, boolean visible) {}

  /** A message that was sent from a mailbox. */
  record Sent(String mailbox, String to, String workflow, String localId, String body) {}

  /** What is answered instead, so many times; whether what was asked is done all the same. */
  private static final class Mischief {
    private final Pattern request;
    private final ResponseDefinition answer;
    private final boolean done;
    private int times;

    Mischief(String request, ResponseDefinitionBuilder answer, boolean done, int times) {
      this.request = Pattern.compile(request);
      this.answer = answer.build();
      this.done = done;
      this.times = times;
    }
  }

  private final WireMockServer server;
  private final Map<String, Lying> inbox = new LinkedHashMap<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private final List<String> fetched = new CopyOnWriteArrayList<>();
  private final List<Mischief> mischiefs = new ArrayList<>();

  private MeshSandbox(WireMockConfiguration options) {
    this.server = new WireMockServer(options.gzipDisabled(true).extensions(this));
  }

  static MeshSandbox on(int port) {
    return started(new MeshSandbox(WireMockConfiguration.options().port(port)));
  }

  /** By TLS, and only for whoever shows a certificate of the authority. */
  static MeshSandbox byTls(int port, Authority authority, Path folder) {
    Path own = authority.issue("localhost").writeKeyStore(folder.resolve("mesh.p12"), PASSWORD);
    Path trusted = authority.writeTrustStore(folder.resolve("mesh-trust.p12"), PASSWORD);
    return started(
        new MeshSandbox(
            WireMockConfiguration.options()
                .httpDisabled(true)
                .httpsPort(port)
                .keystoreType("PKCS12")
                .keystorePath(own.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD)
                .trustStoreType("PKCS12")
                .trustStorePath(trusted.toString())
                .trustStorePassword(PASSWORD)
                .needClientAuth(true)));
  }

  private static MeshSandbox started(MeshSandbox sandbox) {
    sandbox.server.start();
    sandbox.server.stubFor(any(anyUrl()).willReturn(aResponse()));
    return sandbox;
  }

  void shutDown() {
    server.stop();
  }

  /** Lays a message into a mailbox, in one part. */
  String lay(String mailbox, String from, String workflow, String body) {
    return lay(mailbox, from, workflow, List.of(body.getBytes(StandardCharsets.UTF_8)), Map.of());
  }

  synchronized String lay(
      String mailbox, String from, String workflow, List<byte[]> parts, Map<String, String> more) {
    String id =
        "20260302101500" + UUID.randomUUID().toString().substring(0, 6).toUpperCase(Locale.ROOT);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Mex-From", from);
    headers.put("Mex-To", mailbox);
    headers.put("Mex-WorkflowID", workflow);
    headers.put("Mex-MessageType", "DATA");
    headers.put("Mex-MessageID", id);
    headers.put("Mex-StatusSuccess", "SUCCESS");
    headers.putAll(more);
    inbox.put(id, new Lying(mailbox, headers, parts, true));
    return id;
  }

  /** The next requests whose {@code METHOD path} is found get this status, and nothing is done. */
  synchronized void answer(String request, int status, int times) {
    mischiefs.add(new Mischief(request, aResponse().withStatus(status), false, times));
  }

  /** The next request found is done, and answered as if it had not been. */
  synchronized void denyHavingDone(String request) {
    mischiefs.add(new Mischief(request, aResponse().withStatus(500), true, 1));
  }

  /** The next request found is answered with half of what was promised. */
  synchronized void breakOff(String request) {
    mischiefs.add(
        new Mischief(request, aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), false, 1));
  }

  /** Requests found are done, and not answered for as long as nobody says otherwise. */
  synchronized void hang(String request) {
    mischiefs.add(
        new Mischief(request, aResponse().withFixedDelay(600_000), true, Integer.MAX_VALUE));
  }

  synchronized void behave() {
    mischiefs.clear();
  }

  /** As if this acknowledgement had been lost on its way. */
  synchronized void forget(String id) {
    acknowledged.removeIf(id::equals);
    inbox.computeIfPresent(
        id, (same, it) -> new Lying(it.mailbox(), it.headers(), it.parts(), true));
  }

  /** How often each message was acknowledged, in order. */
  List<String> acknowledged() {
    return acknowledged;
  }

  List<String> fetched() {
    return fetched;
  }

  List<Sent> sentTo(String mailbox) {
    return sent.stream().filter(one -> one.to().equals(mailbox)).toList();
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static List<byte[]> cut(byte[] whole, int size) {
    List<byte[]> parts = new ArrayList<>();
    for (int from = 0; from < whole.length; from += size) {
      parts.add(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + size)));
    }
    return parts;
  }

  @Override
  public String getName() {
    return "mesh-sandbox";
  }

  @Override
  public boolean applyGlobally() {
    return true;
  }

  @Override
  public synchronized ResponseDefinition transform(ServeEvent event) {
    Request request = event.getRequest();
    String path = request.getUrl().replaceFirst("\\?.*", "");
    String asked = request.getMethod() + " " + path;
    for (Mischief mischief : mischiefs) {
      if (mischief.times > 0 && mischief.request.matcher(asked).find()) {
        mischief.times--;
        if (mischief.done) {
          answer(request, path);
        }
        return mischief.answer;
      }
    }
    return answer(request, path);
  }

  private ResponseDefinition answer(Request request, String path) {
    Matcher at = PATH.matcher(path);
    if (!at.matches()) {
      return status(404);
    }
    String mailbox = Objects.requireNonNullElse(at.group(1), "");
    if (!isAuthorised(mailbox, request.getHeader("Authorization"))) {
      return status(403);
    }
    String within = Objects.requireNonNullElse(at.group(3), "");
    String place =
        Objects.requireNonNullElse(at.group(2), "") + (within.isEmpty() ? "" : "/" + within);
    if (place.isEmpty()) {
      return status(request.containsHeader("mex-ClientVersion") ? 200 : 400);
    }
    if (place.equals("inbox")) {
      return json(200, list(mailbox));
    }
    if (place.equals("outbox")) {
      return send(mailbox, request);
    }
    if (place.startsWith("outbox/tracking/")) {
      String local = place.substring("outbox/tracking/".length());
      return status(sent.stream().anyMatch(one -> one.localId().equals(local)) ? 200 : 404);
    }
    String[] steps = within.split("/", -1);
    Lying message = inbox.get(steps[0]);
    if (message == null) {
      return status(404);
    }
    if (!message.mailbox().equals(mailbox)) {
      return status(403);
    }
    return steps.length == 3 ? acknowledge(steps[0], message) : part(steps, message);
  }

  private String list(String mailbox) {
    StringBuilder ids = new StringBuilder();
    inbox.forEach(
        (id, message) -> {
          if (message.visible() && message.mailbox().equals(mailbox)) {
            ids.append(ids.isEmpty() ? "" : ", ").append('"').append(id).append('"');
          }
        });
    return "{\"messages\": [" + ids + "], \"links\": {}}";
  }

  private ResponseDefinition acknowledge(String id, Lying message) {
    acknowledged.add(id);
    inbox.put(id, new Lying(message.mailbox(), message.headers(), message.parts(), false));
    return status(200);
  }

  private ResponseDefinition part(String[] steps, Lying message) {
    int number = steps.length == 1 ? 1 : Integer.parseInt(steps[1]);
    if (number == 1) {
      fetched.add(steps[0]);
    }
    ResponseDefinitionBuilder answer =
        aResponse()
            .withStatus(number < message.parts().size() ? 206 : 200)
            .withHeader("Mex-Chunk-Range", number + ":" + Math.max(1, message.parts().size()));
    message.headers().forEach(answer::withHeader);
    return message.parts().isEmpty()
        ? answer.build()
        : answer.withBody(message.parts().get(number - 1)).build();
  }

  private ResponseDefinition send(String mailbox, Request request) {
    sent.add(
        new Sent(
            mailbox,
            request.getHeader("mex-To"),
            request.getHeader("mex-WorkflowID"),
            request.getHeader("mex-LocalID"),
            request.getBodyAsString()));
    return json(202, "{\"message_id\": \"SENT" + sent.size() + "\"}");
  }

  private static ResponseDefinition json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/vnd.mesh.v2+json")
        .withBody(body)
        .build();
  }

  private static ResponseDefinition status(int status) {
    return aResponse().withStatus(status).build();
  }

  /** {@code NHSMESH mailbox:nonce:count:timestamp:hash}. */
  private static boolean isAuthorised(String mailbox, @Nullable String token) {
    if (token == null || !token.startsWith("NHSMESH ")) {
      return false;
    }
    String[] parts = token.substring("NHSMESH ".length()).split(":", -1);
    if (parts.length != 5 || !parts[0].equals(mailbox)) {
      return false;
    }
    String text = String.join(":", parts[0], parts[1], parts[2], PASSWORD, parts[3]);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SHARED_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).equals(parts[4]);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
