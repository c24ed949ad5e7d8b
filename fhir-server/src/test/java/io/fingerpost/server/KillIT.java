package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the program three times while referrals come in at full speed, and counts afterwards. How
 * many: {@code -Dkill.referrals=500}.
 */
@Order(Integer.MAX_VALUE)
class KillIT {

  private static final int REFERRALS = Integer.getInteger("kill.referrals", 60);
  private static final int CONNECTIONS = 4;
  private static final int KILLS = 3;
  private static final Path FOLDER = Path.of("target", "it-kill").toAbsolutePath();

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final int httpPort = Wexcombe.freePort();
  private final int mllpPort = Wexcombe.freePort();
  private final AtomicInteger acknowledged = new AtomicInteger();

  @Test
  void losesNothingAndDoublesNothingWhenKilledAtRandom() throws Exception {
    FileSystemUtils.deleteRecursively(FOLDER);
    Registry registry =
        new Registry(FOLDER).scheme("scheme").hospital("hospital", "Z9H01", "ALDHELM", mllpPort);
    Killable program = Killable.start(FOLDER.resolve("data"), registry.write(), httpPort, mllpPort);
    ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Void>> sending = send(senders);
      for (int kill = 0; kill < KILLS; kill++) {
        int after = (kill * REFERRALS + random.nextInt(REFERRALS)) / (KILLS + 1);
        await()
            .atMost(Duration.ofMinutes(5))
            .pollInterval(Duration.ofMillis(1))
            .until(() -> acknowledged.get() >= after);
        assertThat(acknowledged).as("in the midst of it").hasValueLessThan(REFERRALS);
        if (kill == 1) {
          program.killJvm();
        } else {
          program.killEverything();
        }
        program.startAgain();
      }
      for (Future<Void> sender : sending) {
        sender.get(5, TimeUnit.MINUTES);
      }

      ApiClient scheme =
          new ApiClient("http://localhost:" + httpPort, "scheme", registry.key("scheme"));
      assertThat(messagesStored(scheme))
          .as("seed " + seed)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(controlIds());
      for (String type : List.of("ServiceRequest", "Task", "Provenance", "Consent")) {
        assertThat(all(scheme, type)).as(type).hasSize(REFERRALS);
      }
      assertThat(all(scheme, "Patient")).hasSize(people().size());
      assertThat(program.stop()).as("PostgreSQL is stopped with the program").isTrue();
      assertThat(program.output().toLowerCase(Locale.ROOT)).doesNotContain(Person.MARKS);
    } finally {
      senders.shutdownNow();
      program.killEverything();
    }
  }

  private List<Future<Void>> send(ExecutorService senders) {
    List<Future<Void>> sending = new ArrayList<>();
    for (int connection = 0; connection < CONNECTIONS; connection++) {
      List<String> messages = new ArrayList<>();
      for (int i = connection; i < REFERRALS; i += CONNECTIONS) {
        messages.add(Hl7.referral(controlIds().get(i), people().get(i % people().size())));
      }
      sending.add(senders.submit(new StubbornSender(mllpPort, messages, acknowledged)));
    }
    return sending;
  }

  /** Each person is referred three times, on different connections. */
  private final List<Person> people = new ArrayList<>();

  private List<Person> people() {
    while (people.size() * 3 < REFERRALS) {
      people.add(Person.next());
    }
    return people;
  }

  private static List<String> controlIds() {
    return java.util.stream.IntStream.range(0, REFERRALS).mapToObj(i -> "K" + i).toList();
  }

  private static List<String> messagesStored(ApiClient scheme) {
    return all(scheme, "ServiceRequest").stream()
        .map(ServiceRequest.class::cast)
        .flatMap(request -> request.getIdentifier().stream())
        .filter(identifier -> identifier.getSystem().equals("https://fingerpost.io/Id/message"))
        .map(identifier -> identifier.getValue().substring("Z9H01/".length()))
        .toList();
  }

  private static List<Resource> all(ApiClient scheme, String type) {
    List<Resource> found = new ArrayList<>();
    Bundle page = scheme.get("/fhir/" + type + "?_count=200").resource(Bundle.class);
    page.getEntry().forEach(entry -> found.add(entry.getResource()));
    while (page.getLink(Bundle.LINK_NEXT) != null) {
      page = scheme.get(page.getLink(Bundle.LINK_NEXT).getUrl()).resource(Bundle.class);
      page.getEntry().forEach(entry -> found.add(entry.getResource()));
    }
    return found;
  }
}
