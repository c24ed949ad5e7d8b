package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.TakenReferences;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps a pair of routes for each council that sends files, as the registry has it now. A council
 * whose entry cannot be worked by, or whose folder is another's too, has none, and its files wait.
 */
@Component
final class CouncilFolders {

  private static final Logger log = LoggerFactory.getLogger(CouncilFolders.class);

  private final PartnerRegistry partners;
  private final CouncilSettings settings;
  private final CamelContext camel;
  private final DataSource database;
  private final Clock clock;
  private final ExecutorService workers;
  private final CouncilReception reception;
  private final Map<String, Served> served = new ConcurrentHashMap<>();
  private Set<CouncilFolder> unusable = Set.of();
  private volatile boolean looked;

  CouncilFolders(
      PartnerRegistry partners,
      CouncilSettings settings,
      CamelContext camel,
      DataSource database,
      Clock clock,
      Rows rows) {
    this.partners = partners;
    this.settings = settings;
    this.camel = camel;
    this.database = database;
    this.clock = clock;
    this.workers = Executors.newFixedThreadPool(settings.workers());
    this.reception =
        new CouncilReception(
            Intake.of(rows.spine(), CouncilTranslator.CHANNEL),
            KeptRows.of(rows.messages(), rows.references()),
            settings,
            workers,
            clock);
  }

  private record Served(CouncilFolder folder, CouncilTurn working) {}

  /** What rows go to, and where it is looked up what became of them. */
  @Component
  record Rows(Spine spine, MessageLog messages, TakenReferences references) {}

  @Scheduled(initialDelayString = "PT0S", fixedDelayString = "PT2S")
  void followTheRegistry() throws Exception {
    if (!camel.getStatus().isStarted()) {
      return;
    }
    Map<String, CouncilFolder> wanted = wanted();
    for (Served each : List.copyOf(served.values())) {
      if (!each.folder().equals(wanted.get(each.folder().client()))) {
        stop(each);
      }
    }
    Set<CouncilFolder> notServed = new HashSet<>();
    for (CouncilFolder folder : wanted.values()) {
      if (!served.containsKey(folder.client()) && !start(folder)) {
        notServed.add(folder);
      }
    }
    unusable = notServed;
    looked = true;
  }

  /** Whether every council that can be served is. */
  boolean serve() {
    return looked && served.keySet().stream().allMatch(this::isStarted);
  }

  private boolean isStarted(String client) {
    ServiceStatus status = camel.getRouteController().getRouteStatus(CouncilRoute.workId(client));
    return status != null && status.isStarted();
  }

  private Map<String, CouncilFolder> wanted() {
    Map<String, CouncilFolder> wanted = new LinkedHashMap<>();
    for (Partner partner : partners.sendingFiles()) {
      FileSettings files = Objects.requireNonNullElse(partner.files(), FileSettings.USUAL);
      wanted.put(
          partner.client(),
          CouncilFolder.of(partner.client(), partner.organisation(), files, settings));
    }
    return wanted;
  }

  /** One folder of one organisation: else nobody could tell whose a file is, or how it is read. */
  private boolean isItsOwn(CouncilFolder folder) {
    return wanted().values().stream()
        .filter(other -> !other.equals(folder))
        .noneMatch(
            other ->
                other.place().equals(folder.place()) || other.sender().equals(folder.sender()));
  }

  private boolean start(CouncilFolder folder) throws Exception {
    try {
      if (!isItsOwn(folder)) {
        throw new UnusableSettings("files.folder");
      }
      CouncilCodes.maps(folder.files());
      Header.names(folder.files());
      RowDates.format(folder.files().dateFormat());
      PgpKeys keys = PgpKeys.read(settings, folder.files().pgpKeys());
      folder.make();
      CouncilTurn working = turn(folder, "working");
      camel.addRoutes(
          new CouncilRoute(
              folder,
              reception,
              settings,
              keys,
              new CouncilRoute.Turns(turn(folder, "inbox"), working, clock)));
      served.put(folder.client(), new Served(folder, working));
      log.info(
          "outcome=folder-served sender={} channel={}", folder.sender(), CouncilTranslator.CHANNEL);
      return true;
    } catch (UnusableSettings | IllegalArgumentException e) {
      if (!unusable.contains(folder)) {
        log.error(
            "outcome=folder-not-served setting={} sender={} channel={}",
            e instanceof UnusableSettings ? e.getMessage() : "files",
            folder.sender(),
            CouncilTranslator.CHANNEL);
      }
      return false;
    }
  }

  private CouncilTurn turn(CouncilFolder folder, String of) {
    return new CouncilTurn(new FolderLock(folder.place() + " " + of, database), clock);
  }

  private void stop(Served each) throws Exception {
    each.working().leave();
    CouncilFolder folder = each.folder();
    for (String id :
        List.of(CouncilRoute.claimId(folder.client()), CouncilRoute.workId(folder.client()))) {
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
    }
    served.remove(folder.client());
    log.info(
        "outcome=folder-left sender={} channel={}", folder.sender(), CouncilTranslator.CHANNEL);
  }

  @PreDestroy
  void close() {
    workers.shutdownNow();
  }
}
