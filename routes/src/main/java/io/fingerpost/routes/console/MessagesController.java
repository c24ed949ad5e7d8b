package io.fingerpost.routes.console;

import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.By;
import io.fingerpost.routes.reliability.DeskRefused;
import io.fingerpost.routes.reliability.MessageDesk;
import io.fingerpost.routes.reliability.MessageDesk.Key;
import io.fingerpost.routes.reliability.MessageSummary;
import io.fingerpost.routes.reliability.Selection;
import io.fingerpost.routes.store.OperatorActs.Kind;
import java.net.URI;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Kept messages as an operator sees them and deals with them. What a message says is shown for a
 * stated reason alone, and that it was is on record first. Who may call it is decided before it is
 * reached: operators only.
 */
@RestController
@RequestMapping("/console/api/messages")
class MessagesController {

  private static final Logger log = LoggerFactory.getLogger(MessagesController.class);

  private static final Set<String> STATES =
      Set.of("received", "stored", "refused", "failed", "held", "discarded");
  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private final MessageDesk desk;
  private final PartnerRegistry partners;
  private final Operator operator;

  MessagesController(MessageDesk desk, PartnerRegistry partners, Operator operator) {
    this.desk = desk;
    this.partners = partners;
    this.operator = operator;
  }

  /**
   * @param next what to give as {@code after} for the next page; absent on the last
   */
  record Page(List<MessageSummary> messages, @Nullable String next) {}

  @GetMapping
  Page list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String sender,
      @RequestParam(required = false) @Nullable String channel,
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(required = false) @Nullable String until,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String limit) {
    if (state != null && !STATES.contains(state)) {
      throw Problem.badRequest("STATE_UNKNOWN", "Use one of: " + String.join(", ", STATES) + ".");
    }
    int most = most(limit);
    Selection selection =
        new Selection(null, sender, Asked.time(since, "since"), Asked.time(until, "until"));
    List<MessageSummary> found =
        desk.list(selection, state, channel, after == null ? null : keyIn(after), most + 1);
    if (found.size() <= most) {
      return new Page(found, null);
    }
    MessageSummary last = found.get(most - 1);
    return new Page(found.subList(0, most), last.receivedAt() + "~" + last.id());
  }

  private static int most(@Nullable String limit) {
    if (limit == null) {
      return PAGE;
    }
    if (!limit.matches("[1-9][0-9]{0,5}")) {
      throw Problem.badRequest("LIMIT_INVALID", "Write limit as a number from 1 on.");
    }
    return Math.min(Integer.parseInt(limit), LARGEST_PAGE);
  }

  private static Key keyIn(String after) {
    String[] parts = after.split("~", -1);
    if (parts.length == 2) {
      var receivedAt = Asked.time(parts[0], "after");
      if (receivedAt != null) {
        return new Key(receivedAt, Asked.id(parts[1]));
      }
    }
    throw Problem.badRequest("AFTER_INVALID", "Give as after what the page before gave as next.");
  }

  /**
   * @param contact whom to telephone at the sender, where the registry names somebody
   * @param editions ids of what was edited of it, the first one first
   */
  record Inspected(
      MessageSummary message, Partner.@Nullable Contact contact, List<UUID> editions) {}

  @GetMapping("/{id}")
  Inspected inspect(@PathVariable String id) {
    MessageSummary message = message(id);
    return new Inspected(
        message,
        partners.ofOrganisation(message.sender()).map(Partner::contact).orElse(null),
        desk.editsOf(message.id()));
  }

  private MessageSummary message(String id) {
    return desk.find(Asked.id(id)).orElseThrow(DeskRefused.Code.MESSAGE_NOT_KEPT::refusal);
  }

  /** Why something is done to one message. */
  record Stated(@Nullable String reason) {}

  /**
   * @param body as it was received, in base64
   */
  record Body(UUID id, String channel, String body) {}

  /** Not by GET: a reason has no place in an address. */
  @PostMapping("/{id}/body")
  ResponseEntity<Body> body(@PathVariable String id, @RequestBody byte[] request, Principal who) {
    String reason = Asked.reason(Asked.read(request, Stated.class, "reason").reason());
    MessageSummary message = message(id);
    operator.isAboutTo(
        Kind.MESSAGE_READ, who, message.id().toString(), reason, message.reference());
    byte[] body = desk.body(message.id());
    log.info("outcome=shown client={} message={}", who.getName(), message.id());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Body(message.id(), message.channel(), Base64.getEncoder().encodeToString(body)));
  }

  /**
   * @param body the whole message as it is to be worked on, in base64
   */
  record Edit(@Nullable String body, @Nullable String reason) {}

  @PostMapping("/{id}/edited")
  ResponseEntity<MessageSummary> edit(
      @PathVariable String id, @RequestBody byte[] request, Principal who) {
    Edit edit = Asked.read(request, Edit.class, "body, reason");
    String reason = Asked.reason(edit.reason());
    byte[] body = Asked.body(edit.body());
    MessageSummary original = message(id);
    By by = operator.isAboutTo(Kind.MESSAGE_EDITED, who, original.id().toString(), reason, null);
    UUID edited = desk.edit(original.id(), body, by);
    log.info("outcome=edited client={} from={} message={}", by.client(), original.id(), edited);
    return ResponseEntity.created(URI.create("/console/api/messages/" + edited))
        .body(message(edited.toString()));
  }

  @PostMapping("/{id}/discarded")
  MessageSummary discard(@PathVariable String id, @RequestBody byte[] request, Principal who) {
    String reason = Asked.reason(Asked.read(request, Stated.class, "reason").reason());
    MessageSummary message = message(id);
    By by =
        operator.isAboutTo(
            Kind.MESSAGE_DISCARDED, who, message.id().toString(), reason, message.reference());
    desk.discard(message.id(), by);
    log.info("outcome=discarded client={} message={}", by.client(), message.id());
    return message(id);
  }

  /**
   * @param sender ODS code
   * @param since received then or later
   * @param until received before
   */
  record DiscardFailed(
      @Nullable String sender,
      @Nullable String since,
      @Nullable String until,
      @Nullable String reason) {}

  /** By sender, by time or both; never all there are, by leaving something out. */
  @PostMapping("/discarded")
  List<UUID> discardFailed(@RequestBody byte[] request, Principal who) {
    DiscardFailed wanted = Asked.read(request, DiscardFailed.class, "sender, since, until, reason");
    String reason = Asked.reason(wanted.reason());
    if (wanted.sender() == null && wanted.since() == null && wanted.until() == null) {
      throw Problem.badRequest("DISCARD_UNCLEAR", "Name a sender, a since or an until.");
    }
    Selection selection =
        new Selection(
            null,
            wanted.sender(),
            Asked.time(wanted.since(), "since"),
            Asked.time(wanted.until(), "until"));
    By by = operator.isAboutTo(Kind.MESSAGE_DISCARDED, who, words(selection), reason, null);
    List<UUID> discarded = desk.discardFailed(selection, by);
    log.info("outcome=discarded client={} messages={}", by.client(), discarded.size());
    return discarded;
  }

  /** As it stands on record. */
  static String words(Selection selection) {
    StringBuilder words = new StringBuilder("failed");
    if (selection.id() != null) {
      words.append(" id=").append(selection.id());
    }
    if (selection.sender() != null) {
      words.append(" sender=").append(selection.sender());
    }
    if (selection.since() != null) {
      words.append(" since=").append(selection.since());
    }
    if (selection.until() != null) {
      words.append(" until=").append(selection.until());
    }
    return words.toString();
  }
}
