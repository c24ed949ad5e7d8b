package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * A hospital refers at full speed, on several connections, and sends again what was not answered.
 */
final class ReferralsAcrossKills implements PartAcrossKills, AutoCloseable {

  private static final int REFERRALS = Integer.getInteger("kill.referrals", 120);
  private static final int CONNECTIONS = 4;

  private final Program at;
  private final Random random;
  private final AtomicInteger acknowledged = new AtomicInteger();

  /** Nothing new is sent once so many were acknowledged, for each kill is to find some left. */
  private final AtomicInteger most = new AtomicInteger();

  private final ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
  private final List<Future<Void>> sending = new ArrayList<>();

  /** Each person is referred three times, on different connections. */
  private final List<Person> people =
      IntStream.range(0, (REFERRALS + 2) / 3).mapToObj(i -> Person.next()).toList();

  private final List<String> controlIds =
      IntStream.range(0, REFERRALS).mapToObj(i -> "K" + i).toList();

  ReferralsAcrossKills(Program at, Random random) {
    this.at = at;
    this.random = random;
  }

  @Override
  public void before() {
    for (int connection = 0; connection < CONNECTIONS; connection++) {
      List<String> messages = new ArrayList<>();
      for (int i = connection; i < REFERRALS; i += CONNECTIONS) {
        messages.add(Hl7.referral(controlIds.get(i), people.get(i % people.size())));
      }
      sending.add(
          senders.submit(
              new StubbornSender(
                  at.mllpPort(), messages, acknowledged, () -> acknowledged.get() < most.get())));
    }
  }

  /**
   * Returns at a moment chosen at random, so that some are left for each kill still to come. What
   * was sent when the program came up was sent already; nothing more is, until this is called.
   */
  void awaitTheMidst(int killsToCome) {
    int before = acknowledged.get();
    int share = Math.max(1, (REFERRALS - before) / (killsToCome + 1));
    int after = before + random.nextInt(share);
    most.set(before + share);
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> acknowledged.get() >= after);
    assertThat(acknowledged).as("in the midst of it").hasValueLessThan(REFERRALS);
  }

  @Override
  public void down(int kill) {
    // They may send again at once what they had sent. The other parts' turn is before the rest.
    most.set(0);
  }

  @Override
  public void end() throws Exception {
    most.set(REFERRALS);
    for (Future<Void> sender : sending) {
      sender.get(5, TimeUnit.MINUTES);
    }
    List<String> stored =
        all(at.client("scheme"), "ServiceRequest").stream()
            .map(ServiceRequest.class::cast)
            .flatMap(request -> request.getIdentifier().stream())
            .filter(identifier -> identifier.getSystem().equals("https://fingerpost.io/Id/message"))
            .map(identifier -> identifier.getValue())
            .filter(message -> message.startsWith("Z9H01/K"))
            .map(message -> message.substring("Z9H01/".length()))
            .toList();
    assertThat(stored).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(controlIds);
  }

  @Override
  public Map<String, Integer> stored() {
    return Map.of(
        "ServiceRequest",
        REFERRALS,
        "Task",
        REFERRALS,
        "Provenance",
        REFERRALS,
        "Consent",
        REFERRALS,
        "Patient",
        people.size());
  }

  @Override
  public void close() {
    senders.shutdownNow();
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
