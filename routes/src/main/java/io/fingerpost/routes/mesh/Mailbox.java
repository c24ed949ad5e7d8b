package io.fingerpost.routes.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One mailbox of the scheme, as MESH's API (version 2) lets its owner use it. */
final class Mailbox {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SMALL = 1024 * 1024;
  private static final int PAGES = 20;
  private static final String ID_FORM = "[A-Za-z0-9_-]{1,100}";

  private final String id;
  private final MeshHttp http;
  private final MailboxToken token;
  private final long limit;

  /**
   * @param limit of bytes in a message
   */
  Mailbox(String id, MeshHttp http, MailboxToken token, long limit) {
    this.id = id;
    this.http = http;
    this.token = token;
    this.limit = limit;
  }

  /** Tells MESH that somebody looks after the mailbox, and learns whether it lets us. */
  void validate() {
    http.answer(
        request("")
            .header("mex-ClientVersion", "fingerpost==1")
            .header("mex-OSName", property("os.name"))
            .header("mex-OSVersion", property("os.version"))
            .header("mex-OSArchitecture", property("os.arch"))
            .header("mex-JavaVersion", property("java.version"))
            .POST(BodyPublishers.noBody())
            .build(),
        SMALL);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** Ids of what lies in the mailbox, oldest first, so far as a few pages hold it. */
  List<String> list() {
    List<String> found = new ArrayList<>();
    Optional<String> page = Optional.of("/inbox");
    for (int pages = 0; page.isPresent() && pages < PAGES; pages++) {
      JsonNode list = json(http.answer(request(page.get()).GET().build(), SMALL));
      list.path("messages").forEach(message -> found.add(fit(message.asText())));
      page = next(list);
    }
    return found;
  }

  /** Only a page of this very list is followed, whatever a link may say. */
  private Optional<String> next(JsonNode list) {
    String link = list.path("links").path("next").asText("");
    return link.startsWith(path("/inbox?"))
        ? Optional.of(link.substring(path("").length()))
        : Optional.empty();
  }

  /** It becomes a part of addresses. */
  private static String fit(String messageId) {
    if (!messageId.matches(ID_FORM)) {
      throw new MeshUnreachable("an id of a message that is none");
    }
    return messageId;
  }

  /**
   * Fetches a message, all parts of it. It stays in the mailbox.
   *
   * @throws MeshRefused that is gone, when somebody else was quicker or it has expired
   */
  Post fetch(String messageId) {
    Chunks chunks = new Chunks(limit);
    HttpResponse<byte[]> first = part(messageId, chunks);
    Post.Cover cover = Post.Cover.of(first.headers()::firstValue);
    chunks.add(first);
    while (!chunks.isComplete() && !chunks.isTooLarge()) {
      chunks.add(part(messageId, chunks));
    }
    return chunks.post(id, messageId, cover);
  }

  private HttpResponse<byte[]> part(String messageId, Chunks chunks) {
    String path = "/inbox/" + messageId + (chunks.next() == 1 ? "" : "/" + chunks.next());
    return http.answer(
        request(path).header("Accept-Encoding", "gzip").GET().build(), chunks.room());
  }

  /** Has MESH forget a message: its sender will not hear that nobody fetched it. */
  void acknowledge(String messageId) {
    http.answer(
        request("/inbox/" + messageId + "/status/acknowledged")
            .PUT(BodyPublishers.noBody())
            .build(),
        SMALL);
  }

  /**
   * Sends a message in one part.
   *
   * @return MESH's id of it
   */
  String send(Letter letter) {
    HttpResponse<byte[]> answer =
        http.answer(
            request("/outbox")
                .header("Content-Type", "application/fhir+json")
                .header("mex-From", id)
                .header("mex-To", letter.to())
                .header("mex-WorkflowID", letter.workflow())
                .header("mex-LocalID", letter.id().toString())
                .header("mex-FileName", letter.id() + ".json")
                .header("mex-Chunk-Range", "1:1")
                .POST(BodyPublishers.ofByteArray(letter.body()))
                .build(),
            SMALL);
    String messageId = json(answer).path("message_id").asText("");
    if (messageId.isEmpty()) {
      throw new MeshUnreachable("an answer without message_id");
    }
    return messageId;
  }

  /** Whether a message with this local id was sent before; no where MESH does not say. */
  boolean hasSent(String localId) {
    try {
      http.answer(request("/outbox/tracking/" + encoded(localId)).GET().build(), SMALL);
      return true;
    } catch (MeshRefused unknown) {
      if (unknown.isGone()) {
        return false;
      }
      throw unknown;
    }
  }

  private HttpRequest.Builder request(String path) {
    return http.request(path(path)).header("Authorization", token.next());
  }

  private String path(String path) {
    return "/messageexchange/" + encoded(id) + path;
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException unreadable) {
      throw new MeshUnreachable("an answer that is not JSON");
    }
  }
}
