package io.fingerpost.routes.mesh;

import io.fingerpost.routes.mesh.MailboxRound.Desk;
import io.fingerpost.routes.mesh.MeshSettings.OwnMailbox;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks into the scheme's mailboxes for as long as the program runs, each in a thread of its own: a
 * mailbox that is slow holds up no other, and nothing else of the program.
 */
@Component
class MeshPolling implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MeshPolling.class);
  private static final int STOP_SECONDS = 20;

  private final MeshSettings settings;
  private final List<MailboxRound> rounds;
  private volatile @Nullable SSLContext tls;
  private @Nullable ScheduledExecutorService threads;

  MeshPolling(
      MeshSettings settings,
      SslBundles bundles,
      PostBook book,
      MailboxLease lease,
      Addressee addressee,
      Clock clock) {
    this.settings = settings;
    Desk desk = new Desk(book, lease, addressee, settings.pace(), clock);
    this.rounds =
        settings.mailboxes().isEmpty()
            ? List.of()
            : rounds(desk, new MeshHttp(settings, () -> current(bundles)));
  }

  private List<MailboxRound> rounds(Desk desk, MeshHttp http) {
    return settings.mailboxes().stream().map(own -> round(own, desk, http)).toList();
  }

  private MailboxRound round(OwnMailbox own, Desk desk, MeshHttp http) {
    if (settings.sharedKeyFile() == null) {
      throw new IllegalStateException("fingerpost.mesh.shared-key-file");
    }
    MailboxToken token =
        new MailboxToken(own.id(), own.passwordFile(), settings.sharedKeyFile(), desk.clock());
    return new MailboxRound(
        own, new Mailbox(own.id(), http, token, settings.maxSize().toBytes()), desk);
  }

  /** The bundle is asked for when it is wanted first, and again when its files have changed. */
  private SSLContext current(SslBundles bundles) {
    SSLContext context = tls;
    if (context == null) {
      context = bundles.getBundle(settings.sslBundle()).createSslContext();
      bundles.addBundleUpdateHandler(
          settings.sslBundle(), renewed -> tls = renewed.createSslContext());
      tls = context;
    }
    return context;
  }

  @Override
  public synchronized void start() {
    if (threads == null && !rounds.isEmpty()) {
      threads = Executors.newScheduledThreadPool(rounds.size(), MeshPolling::named);
      long pause = settings.pace().poll().toMillis();
      for (MailboxRound round : rounds) {
        threads.scheduleWithFixedDelay(round::go, 0, pause, TimeUnit.MILLISECONDS);
      }
      log.info("outcome=mesh-polling mailboxes={}", rounds.size());
    }
  }

  private static Thread named(Runnable work) {
    return new Thread(work, "mesh");
  }

  /** What is under way may end; what is not stays in the mailbox. */
  @Override
  public synchronized void stop() {
    if (threads != null) {
      threads.shutdown();
      try {
        if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
          threads.shutdownNow();
        }
      } catch (InterruptedException stopping) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
      }
      threads = null;
      rounds.forEach(MailboxRound::leave);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return threads != null;
  }
}
