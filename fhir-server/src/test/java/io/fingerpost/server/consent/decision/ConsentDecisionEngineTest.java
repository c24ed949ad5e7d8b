package io.fingerpost.server.consent.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentDecisionEngineTest {
  private final ConsentDecisionEngine engine = new ConsentDecisionEngine("Z9S01");

  static List<DecisionTable.Row> rows() throws IOException {
    return DecisionTable.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void decidesAsThePageSays(DecisionTable.Row row) {
    ShareDecision decision = engine.decide(row.question(), row.consents());
    assertThat(decision.reason()).isEqualTo(row.reason());
    assertThat(decision.permits()).isEqualTo(row.permits());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void decidesTheSameInWhateverOrderTheConsentsCome(DecisionTable.Row row) {
    List<ConsentRecord> reversed = new ArrayList<>(row.consents());
    Collections.reverse(reversed);
    assertThat(engine.decide(row.question(), reversed))
        .isEqualTo(engine.decide(row.question(), row.consents()));
  }

  @Test
  void hasARowForEveryReasonThatRulesCanGive() throws IOException {
    Set<ShareReason> fromOutside = Set.of(ShareReason.OPTED_OUT, ShareReason.COULD_NOT_ASK);
    Set<ShareReason> reasons = new HashSet<>(fromOutside);
    rows().forEach(row -> reasons.add(row.reason()));
    assertThat(reasons).containsExactlyInAnyOrder(ShareReason.values());
  }

  @Test
  void hasNoTwoRowsOfOneName() throws IOException {
    assertThat(rows())
        .extracting(DecisionTable.Row::name, DecisionTable.Row::consents)
        .doesNotHaveDuplicates();
  }

  @Test
  void namesTheConsentThatDecided() {
    assertThat(decide("active 2026-01-10: permit", "active 2026-02-10: deny").basis())
        .isEqualTo("Consent/1");
  }

  @Test
  void namesTheConsentThatCameNearest() {
    assertThat(decide("inactive 2026-02-10: permit", "active 2025-01-10: permit until 2025-02-01"))
        .isEqualTo(new ShareDecision(ShareReason.WITHDRAWN, "Consent/0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"active 2026-02-10: permit", "inactive 2026-02-10: permit"})
  void namesTheFirstByReferenceOfThoseThatAreAlike(String alike) {
    List<ConsentRecord> lastFirst =
        List.of(ConsentNotation.read("Consent/2", alike), ConsentNotation.read("Consent/1", alike));
    assertThat(engine.decide(question(), lastFirst).basis()).isEqualTo("Consent/1");
  }

  @Test
  void takesOfSeveralWhoDecideTogetherTheTimeAllOfThemMay() {
    Period early = new Period(ConsentNotation.startOf("2026-01-01"), Instant.MAX);
    Period late = new Period(ConsentNotation.startOf("2026-02-01"), Instant.MAX);
    Authority one = new Authority(Authority.Capacity.ATTORNEY, true, early);
    Authority other = new Authority(Authority.Capacity.ATTORNEY, true, late);
    Authority nobody = new Authority(Authority.Capacity.UNKNOWN, false, Period.ALWAYS);
    assertThat(one.jointlyWith(other)).isEqualTo(other);
    assertThat(one.jointlyWith(nobody).recognised()).isFalse();
    assertThat(nobody.jointlyWith(one).recognised()).isFalse();
  }

  @Test
  void namesThePersonsOwnConsentBeforeAnothers() {
    assertThat(
            decide("active 2026-02-10 by attorney: permit to Z9L01", "active 2026-01-10: permit"))
        .isEqualTo(new ShareDecision(ShareReason.PERMITTED, "Consent/1"));
  }

  @Test
  void namesNoConsentWhereNoneComesNear() {
    assertThat(decide("active 2026-02-10: permit to Z9C01").basis()).isEmpty();
    assertThat(decide().basis()).isEmpty();
  }

  @Test
  void keepsThePersonOutOfWhatMayBeLogged() {
    assertThat(question().toString()).contains("Z9L01", "TREAT").doesNotContain("Patient");
  }

  @Test
  void refusesToAskOnBehalfOfNobody() {
    assertThatThrownBy(() -> new Recipient(" ", "gp")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConsentDecisionEngine(""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ShareDecision decide(String... consents) {
    List<ConsentRecord> records = new ArrayList<>();
    Arrays.stream(consents)
        .forEach(text -> records.add(ConsentNotation.read("Consent/" + records.size(), text)));
    return engine.decide(question(), records);
  }

  private static ShareQuestion question() {
    ResourceFacts plan = ResourceFacts.ofType("CarePlan");
    return new ShareQuestion(
        "Patient/1",
        new Recipient("Z9L01", "housing"),
        "TREAT",
        plan,
        Instant.parse("2026-03-01T12:00:00Z"),
        null);
  }
}
