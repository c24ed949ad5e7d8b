package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.reliability.BareFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the files out of one council's inbox and works through them. A file is renamed into {@code
 * working} before anything is done with it, where its sender cannot change it any more, and into
 * {@code archive} once its result is in {@code outbox}. Whatever interrupts that, it is in one of
 * these places, and is taken up from there.
 */
final class CouncilRoute extends RouteBuilder {

  private static final Logger log = LoggerFactory.getLogger(CouncilRoute.class);
  private static final String CLAIMED = "councilClaimed";
  private static final String ARCHIVED = "councilArchived";
  private static final String RESULT = "councilResult";

  private final CouncilFolder folder;
  private final CouncilReception reception;
  private final CouncilSettings settings;
  private final PgpKeys keys;
  private final Turns turns;

  /** The turns at a council's inbox and at its files in work, and the clock names are given by. */
  record Turns(CouncilTurn inbox, CouncilTurn working, Clock clock) {}

  CouncilRoute(
      CouncilFolder folder,
      CouncilReception reception,
      CouncilSettings settings,
      PgpKeys keys,
      Turns turns) {
    this.folder = folder;
    this.reception = reception;
    this.settings = settings;
    this.keys = keys;
    this.turns = turns;
  }

  static String claimId(String client) {
    return "council-claim-" + client;
  }

  static String workId(String client) {
    return "council-referral-" + client;
  }

  @Override
  public void configure() {
    String client = folder.client();
    bind("councilInboxTurn-" + client, turns.inbox());
    bind("councilWorkingTurn-" + client, turns.working());
    bind("councilFaults-" + client, new CouncilFaults(folder, turns.clock()));
    bind("councilWhole-" + client, (GenericFileFilter<Object>) CouncilRoute::isWhole);
    bind("councilClaimed-" + client, (GenericFileFilter<Object>) CouncilRoute::isClaimed);
    from(folder.address(CouncilFolder.INBOX)
            + polled("councilInboxTurn", "councilWhole")
            + claiming())
        .routeId(claimId(client))
        .errorHandler(noErrorHandler())
        .process(this::nameClaimed);
    from(folder.address(CouncilFolder.WORKING)
            + polled("councilWorkingTurn", "councilClaimed")
            + working())
        .routeId(workId(client))
        .errorHandler(noErrorHandler())
        .process(this::work)
        .to(
            folder.address(CouncilFolder.OUTBOX)
                + "?tempFileName=.$simple{file:name}.part&fileExist=Override"
                + folder.connection());
  }

  private void bind(String name, Object bean) {
    getContext().getRegistry().bind(name, bean);
  }

  private String polled(String turn, String filter) {
    return "?idempotent=false&inProgressRepository=#"
        + turn
        + "-"
        + folder.client()
        + "&filter=#"
        + filter
        + "-"
        + folder.client()
        + "&exceptionHandler=#councilFaults-"
        + folder.client()
        + "&runLoggingLevel=OFF&backoffErrorThreshold=1&backoffMultiplier=5&greedy=true"
        + "&initialDelay=0&delay="
        + settings.poll().toMillis()
        + folder.connection();
  }

  private String claiming() {
    long check = settings.stableFor().toMillis();
    String marker = folder.local() == null ? "" : "&readLockMarkerFile=false";
    String body = folder.local() == null ? "&download=false" : "";
    return "&readLock=changed&readLockMinLength=0&readLockLoggingLevel=DEBUG&readLockCheckInterval="
        + check
        + "&readLockTimeout="
        + (check * 3 + 2000)
        + marker
        + body
        + "&move=../working/$simple{header."
        + CLAIMED
        + "}";
  }

  private String working() {
    Path spool = settings.spool().resolve(folder.client()).toAbsolutePath();
    String local =
        folder.local() == null ? "&localWorkDirectory=" + spool.toString().replace(" ", "%20") : "";
    // One at a time, so that a file that has to wait is not overtaken.
    return "&readLock=none&sortBy=file:name&maxMessagesPerPoll=1&eagerMaxMessagesPerPoll=false"
        + local
        + "&move=../archive/$simple{header."
        + ARCHIVED
        + "}";
  }

  /** Anything but what is still being written, and what is no file. */
  private static boolean isWhole(GenericFile<Object> file) {
    return !file.isDirectory()
        && !FileName.isStillBeingWritten(file.getFileNameOnly())
        && !(file.getFile() instanceof File here && Files.isSymbolicLink(here.toPath()));
  }

  private static boolean isClaimed(GenericFile<Object> file) {
    return !file.isDirectory() && ClaimedName.read(file.getFileNameOnly()).isPresent();
  }

  private void nameClaimed(Exchange exchange) {
    String sent = exchange.getMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class);
    ClaimedName claimed = ClaimedName.at(turns.clock().instant(), FileName.of(sent));
    exchange.getMessage().setHeader(CLAIMED, claimed.toString());
    log.info(
        "outcome=file-taken sender={} channel={} file={}-{}",
        folder.sender(),
        CouncilTranslator.CHANNEL,
        claimed.takenAt(),
        claimed.own());
  }

  private void work(Exchange exchange) throws IOException {
    exchange.getExchangeExtension().addOnCompletion(afterwards());
    String name = exchange.getMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class);
    ClaimedName claimed = ClaimedName.read(name).orElseThrow();
    Path result = Files.createTempFile(spool(), "result", ".csv");
    exchange.setProperty(RESULT, result);
    try {
      CouncilReception.Arrived file =
          new CouncilReception.Arrived(
              folder.sender(),
              claimed.name(),
              exchange.getMessage().getBody(File.class).toPath(),
              folder.files(),
              keys);
      reception.work(file, result, () -> getContext().isStopping() || turns.working().isLeft());
    } catch (IOException | RuntimeException failure) {
      log.warn(
          "outcome=file-postponed cause={} sender={} channel={} file={}-{}",
          failure.getClass().getSimpleName(),
          folder.sender(),
          CouncilTranslator.CHANNEL,
          claimed.takenAt(),
          claimed.own());
      log.debug("file={}-{}", claimed.takenAt(), claimed.own(), BareFailure.of(failure));
      throw failure;
    }
    exchange.getMessage().setHeader(ARCHIVED, folder.archived(claimed));
    exchange.getMessage().setHeader(Exchange.FILE_NAME, claimed.name().result());
    exchange.getMessage().setBody(result.toFile());
  }

  private Path spool() throws IOException {
    CouncilFolder.makeOurs(settings.spool());
    return settings.spool();
  }

  private Synchronization afterwards() {
    return new SynchronizationAdapter() {
      @Override
      public void onComplete(Exchange exchange) {
        turns.working().goOn();
        forgetResult(exchange);
      }

      @Override
      public void onFailure(Exchange exchange) {
        turns.working().postpone();
        forgetResult(exchange);
      }
    };
  }

  private static void forgetResult(Exchange exchange) {
    Path result = exchange.getProperty(RESULT, Path.class);
    if (result != null && !result.toFile().delete()) {
      log.debug("outcome=result-left");
    }
  }
}
