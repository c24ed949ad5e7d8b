package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.ApiClient.Answer;
import io.fingerpost.server.PartAcrossKills.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the program again and again while work of every kind is under way and a partner reads, and
 * counts afterwards what is stored and what is on record. A start of the whole program is dear, so
 * that all parts share the kills, and the faults of the database.
 *
 * <p>{@code -Dkill.referrals=500} says how many referrals come in, {@code -Dkill.seed=} repeats
 * what was chosen at random, {@code -Dkill.steps=all} kills at each step of a message's way and not
 * at three of them.
 */
@Order(Integer.MAX_VALUE)
class KillIT {

  private static final Logger log = LoggerFactory.getLogger(KillIT.class);
  private static final String VERIFIES = "\"system/$verify-audit.r\"";
  private static final Path FOLDER = Path.of("target", "it-kill").toAbsolutePath();

  private final long seed = Long.getLong("kill.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void losesNothingAndDoublesNothing() throws Exception {
    FileSystemUtils.deleteRecursively(FOLDER);
    int mllpPort = Wexcombe.freePort();
    int hospitalPort = Wexcombe.freePort();
    int meshPort = Wexcombe.freePort();
    Registry registry =
        new Registry(FOLDER)
            .scheme("scheme")
            .hospital("hospital", "Z9H01", "ALDHELM", hospitalPort)
            .gp("gp", "Z91001", Wexcombe.freePort())
            .client(
                "council",
                "Z9C01",
                "adult-social-care",
                "partner",
                "TREAT",
                "system/CarePlan.rs",
                "")
            .client("operator", "Z9S01", "scheme", "operator", "HOPERAT", VERIFIES, "");
    Program at = new Program(FOLDER.resolve("data"), registry, Wexcombe.freePort(), mllpPort);
    List<String> settings = new ArrayList<>(MailboxAcrossKills.settings(FOLDER, meshPort));
    settings.add("fingerpost.sharing.lease=5s");
    settings.add("fingerpost.inbound.retry.first-delay=1s");
    DatabaseFaults.useSmallDisk(at.data());
    Killable program =
        Killable.start(at.data(), registry.write(), at.httpPort(), mllpPort, settings);
    ScheduledExecutorService asker = Executors.newSingleThreadScheduledExecutor();
    ReferralsAcrossKills referrals = new ReferralsAcrossKills(at, random);
    StepsAcrossKills steps = new StepsAcrossKills(at, hospitalPort, random);
    List<PartAcrossKills> parts =
        List.of(
            new HeldMessageAcrossKills(at),
            new MailboxAcrossKills(at, meshPort),
            new CouncilFileAcrossKills(at),
            // The next part stands here, before the steps; the referrals at full speed come last.
            steps,
            new DatabaseFaults(at, program, steps.chosen().size() - 1),
            referrals);
    log.info("kill.seed={} steps={}", seed, steps.chosen());
    try {
      for (PartAcrossKills part : parts) {
        part.before();
      }
      asker.scheduleWithFixedDelay(() -> ask(at), 0, 200, TimeUnit.MILLISECONDS);
      for (int kill = 0; kill < steps.chosen().size(); kill++) {
        referrals.awaitTheMidst(steps.chosen().size() - kill);
        for (PartAcrossKills part : parts) {
          part.justBefore(kill);
        }
        if (kill == 1) {
          program.killJvm();
        } else {
          program.killEverything();
        }
        for (PartAcrossKills part : parts) {
          part.down(kill);
        }
        program.startAgain();
        for (PartAcrossKills part : parts) {
          part.up(kill);
        }
      }
      for (PartAcrossKills part : parts) {
        part.end();
      }

      requireNothingElseIsStored(at, parts);
      asker.shutdown();
      assertThat(asker.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      requireEveryDecisionOnRecord(at);
      assertThat(program.stop()).as("PostgreSQL is stopped with the program").isTrue();
      assertThat(program.output().toLowerCase(Locale.ROOT)).doesNotContain(Person.MARKS);
    } finally {
      asker.shutdownNow();
      referrals.close();
      program.killEverything();
    }
  }

  /** A partner reads back what it sent, each time one record, and so one decision. */
  private void ask(Program at) {
    try {
      Answer answer = at.client("hospital").get("/fhir/ServiceRequest?_count=1");
      if (answer.status() == 200 && answer.body().contains("fullUrl")) {
        answered.incrementAndGet();
      }
    } catch (AssertionError down) {
      log.debug("killed, or not up again: {}", down.getMessage());
    }
  }

  private void requireNothingElseIsStored(Program at, List<PartAcrossKills> parts) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    Map<String, Integer> found = new LinkedHashMap<>();
    for (PartAcrossKills part : parts) {
      part.stored().forEach((type, count) -> wanted.merge(type, count, Integer::sum));
    }
    for (String type : wanted.keySet()) {
      Bundle page =
          at.client("scheme")
              .get("/fhir/" + type + "?_total=accurate&_count=1")
              .resource(Bundle.class);
      found.put(type, page.getTotal());
    }
    assertThat(wanted).containsKeys("ServiceRequest", "Task", "Provenance", "Consent", "Patient");
    assertThat(found).as("seed " + seed).isEqualTo(wanted);
  }

  /** A decision is on record before its answer is given, and the chain of them is unbroken. */
  private void requireEveryDecisionOnRecord(Program at) {
    Parameters chain = at.client("operator").get("/fhir/$verify-audit").resource(Parameters.class);

    assertThat(chain.getParameterBool("intact")).as("seed " + seed).isTrue();
    assertThat(answered).hasPositiveValue();
    assertThat(count(chain, "events") + count(chain, "unsealed"))
        .isGreaterThanOrEqualTo(answered.get());
  }

  private static long count(Parameters chain, String name) {
    return Long.parseLong(chain.getParameterValue(name).primitiveValue());
  }
}
