package io.fingerpost.routes.mesh;

import io.fingerpost.routes.mesh.MeshSettings.OwnMailbox;
import io.fingerpost.routes.mesh.MeshSettings.Pace;
import io.fingerpost.routes.mesh.PostBook.Unanswered;
import io.fingerpost.routes.reliability.BareFailure;
import io.fingerpost.routes.reliability.Correlation;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look into a mailbox: fetch, have it kept, acknowledge, answer. What fails is left as it is,
 * for the next round, and hinders nothing else. A message is acknowledged once what came of it is
 * committed, so a process that dies at any point leaves it either in the mailbox or kept.
 */
final class MailboxRound {

  private static final Logger log = LoggerFactory.getLogger(MailboxRound.class);

  private final OwnMailbox own;
  private final Mailbox mailbox;
  private final Desk desk;

  /** What is shared by all mailboxes of this node. */
  record Desk(PostBook book, MailboxLease lease, Addressee addressee, Pace pace, Clock clock) {
    Instant now() {
      return clock.instant();
    }
  }

  MailboxRound(OwnMailbox own, Mailbox mailbox, Desk desk) {
    this.own = own;
    this.mailbox = mailbox;
    this.desk = desk;
  }

  /** Never throws: it is called again and again. */
  void go() {
    try {
      if (hold()) {
        validate();
        for (String meshId : mailbox.list()) {
          if (!hold() || Thread.currentThread().isInterrupted()) {
            return;
          }
          takeIn(meshId);
        }
        answer();
        send();
      }
    } catch (MeshRefused refused) {
      log.error(
          "outcome=mesh-refused cause=\"{}\" mailbox={}{}",
          refused.getMessage(),
          own.id(),
          refused.isShutOut() ? " do=\"check certificate, password and shared key\"" : "");
    } catch (MeshUnreachable unreachable) {
      log.warn(
          "outcome=mesh-unreachable cause=\"{}\" mailbox={}", unreachable.getMessage(), own.id());
    } catch (RuntimeException failure) {
      failed("mesh-round-failed", failure);
    }
  }

  /** Lets another node have the mailbox at once. */
  void leave() {
    desk.lease().release(own.id(), desk.now());
  }

  private boolean hold() {
    return desk.lease().hold(own.id(), desk.now(), desk.pace().lease());
  }

  private void validate() {
    Instant due = desk.now().minus(desk.pace().handshake());
    if (desk.lease().validatedAt(own.id()).filter(due::isBefore).isEmpty()) {
      mailbox.validate();
      desk.lease().validated(own.id(), desk.now());
    }
  }

  private void takeIn(String meshId) {
    try {
      if (!desk.book().holds(own.id(), meshId)) {
        keep(mailbox.fetch(meshId));
      }
      mailbox.acknowledge(meshId);
      desk.book().acknowledged(own.id(), meshId, desk.now());
    } catch (MeshRefused refused) {
      if (refused.isShutOut()) {
        throw refused;
      }
      log.warn(
          "outcome=mesh-{} mailbox={} post={}",
          refused.isGone() ? "gone" : "refused",
          own.id(),
          meshId);
    } catch (MeshUnreachable unreachable) {
      log.warn(
          "outcome=mesh-put-off cause=\"{}\" mailbox={} post={}",
          unreachable.getMessage(),
          own.id(),
          meshId);
    } catch (RuntimeException failure) {
      failed("mesh-put-off", failure);
    }
  }

  private void keep(Post post) {
    if (post.cover().kind() == Post.Kind.REPORT) {
      report(post);
      return;
    }
    boolean expected =
        post.cover().kind() == Post.Kind.DATA && own.workflows().contains(post.cover().workflow());
    Addressee.Taken taken = desk.addressee().take(post, expected);
    desk.book().received(post, taken, desk.now());
    log.info(
        "outcome=mesh-received mailbox={} post={} message={}",
        own.id(),
        post.id(),
        taken.message());
  }

  /** Nobody answers a report: it tells how a letter of ours fared. */
  private void report(Post post) {
    String letter =
        desk.book()
            .undelivered(own.id(), post.cover(), desk.now())
            .map(UUID::toString)
            .orElse("unknown");
    desk.book().received(post, null, desk.now());
    log.warn("outcome=mesh-report mailbox={} post={} letter={}", own.id(), post.id(), letter);
  }

  private void answer() {
    for (Unanswered open : desk.book().unanswered(own.id())) {
      Correlation.of(
          open.message(),
          () ->
              desk.addressee()
                  .answer(open.message(), open.meshId())
                  .ifPresent(
                      body ->
                          desk.book()
                              .owe(own.id(), open, own.workflowOfAnswers(), body, desk.now())));
    }
  }

  private void send() {
    desk.book()
        .giveUp(own.id(), desk.pace().giveUpAfter(), desk.now())
        .forEach(id -> log.error("outcome=mesh-given-up mailbox={} letter={}", own.id(), id));
    Instant now = desk.now();
    for (Letter letter : desk.book().takeDue(own.id(), now, now.plus(desk.pace().poll()))) {
      if (!hold()) {
        return;
      }
      Correlation.of(letter.id(), () -> send(letter));
    }
  }

  /** A letter begun before may have arrived although nobody said so: MESH is asked first. */
  private void send(Letter letter) {
    try {
      boolean wasSent = letter.attempts() > 1 && mailbox.hasSent(letter.id().toString());
      desk.book().sent(letter.id(), wasSent ? null : mailbox.send(letter), desk.now());
      log.info("outcome=mesh-sent mailbox={} letter={}", own.id(), letter.id());
    } catch (MeshRefused refused) {
      if (refused.isShutOut()) {
        throw refused;
      }
      desk.book().failed(letter.id(), "HTTP " + refused.status(), desk.now());
      log.error(
          "outcome=mesh-not-taken cause=\"{}\" mailbox={} letter={}",
          refused.getMessage(),
          own.id(),
          letter.id());
    } catch (MeshUnreachable unreachable) {
      log.warn(
          "outcome=mesh-put-off cause=\"{}\" mailbox={} letter={}",
          unreachable.getMessage(),
          own.id(),
          letter.id());
    }
  }

  private void failed(String outcome, RuntimeException failure) {
    log.error(
        "outcome={} cause={} mailbox={}", outcome, failure.getClass().getSimpleName(), own.id());
    log.debug("mailbox={}", own.id(), BareFailure.of(failure));
  }
}
