package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fingerpost.server.ApiClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the program three times while referrals come in at full speed and a partner reads, and
 * counts afterwards what is stored and what is on record. How many: {@code -Dkill.referrals=500}.
 */
@Order(Integer.MAX_VALUE)
class KillIT {

  private static final int REFERRALS = Integer.getInteger("kill.referrals", 60);
  private static final Logger log = LoggerFactory.getLogger(KillIT.class);
  private static final String VERIFIES = "\"system/$verify-audit.r\"";
  private static final int CONNECTIONS = 4;
  private static final int KILLS = 3;
  private static final Path FOLDER = Path.of("target", "it-kill").toAbsolutePath();

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final int httpPort = Wexcombe.freePort();
  private final int mllpPort = Wexcombe.freePort();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void losesNothingAndDoublesNothingWhenKilledAtRandom() throws Exception {
    FileSystemUtils.deleteRecursively(FOLDER);
    Registry registry =
        new Registry(FOLDER)
            .scheme("scheme")
            .hospital("hospital", "Z9H01", "ALDHELM", mllpPort)
            .client("operator", "Z9S01", "scheme", "operator", "HOPERAT", VERIFIES, "");
    Killable program = Killable.start(FOLDER.resolve("data"), registry.write(), httpPort, mllpPort);
    ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
    ScheduledExecutorService asker = Executors.newSingleThreadScheduledExecutor();
    try {
      List<Future<Void>> sending = send(senders);
      asker.scheduleWithFixedDelay(() -> ask(registry), 0, 200, TimeUnit.MILLISECONDS);
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

      ApiClient scheme = client(registry, "scheme");
      assertThat(messagesStored(scheme))
          .as("seed " + seed)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(controlIds());
      for (String type : List.of("ServiceRequest", "Task", "Provenance", "Consent")) {
        assertThat(all(scheme, type)).as(type).hasSize(REFERRALS);
      }
      assertThat(all(scheme, "Patient")).hasSize(people().size());
      asker.shutdown();
      assertThat(asker.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      requireEveryDecisionOnRecord(registry);
      assertThat(program.stop()).as("PostgreSQL is stopped with the program").isTrue();
      assertThat(program.output().toLowerCase(Locale.ROOT)).doesNotContain(Person.MARKS);
    } finally {
      senders.shutdownNow();
      asker.shutdownNow();
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

  /** A partner reads back what it sent, each time one record, and so one decision. */
  private void ask(Registry registry) {
    try {
      Answer answer = client(registry, "hospital").get("/fhir/ServiceRequest?_count=1");
      if (answer.status() == 200 && answer.body().contains("fullUrl")) {
        answered.incrementAndGet();
      }
    } catch (AssertionError down) {
      log.debug("killed, or not up again: {}", down.getMessage());
    }
  }

  /** A decision is on record before its answer is given, and the chain of them is unbroken. */
  private void requireEveryDecisionOnRecord(Registry registry) {
    Parameters chain =
        client(registry, "operator").get("/fhir/$verify-audit").resource(Parameters.class);

    assertThat(chain.getParameterBool("intact")).as("seed " + seed).isTrue();
    assertThat(answered).hasPositiveValue();
    assertThat(count(chain, "events") + count(chain, "unsealed"))
        .isGreaterThanOrEqualTo(answered.get());
  }

  private static long count(Parameters chain, String name) {
    return Long.parseLong(chain.getParameterValue(name).primitiveValue());
  }

  private ApiClient client(Registry registry, String name) {
    return new ApiClient("http://localhost:" + httpPort, name, registry.key(name));
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
