package io.fingerpost.server.consent.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.consent.decision.Authority.Capacity;
import io.fingerpost.server.consent.decision.ConsentRecord.Implied;
import io.fingerpost.server.consent.decision.ConsentRecord.Stated;
import io.fingerpost.server.consent.decision.ConsentRecord.Status;
import io.fingerpost.server.consent.decision.Content.Data;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a consent says of itself to those who prepare decisions. */
class ConsentDecisionUpkeepTest {

  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final Period EARLY = new Period(JANUARY, MARCH);
  private static final Period LATE = new Period(MARCH, MAY);

  @Test
  void turnsWhenARuleOrAnExceptionBeginsOrEnds() {
    Provision exception = rule(LATE, Data.ANY, List.of());

    assertThat(consent(null, rule(EARLY, Data.ANY, List.of(exception))).turningPoints())
        .containsExactlyInAnyOrder(JANUARY, MARCH, MARCH, MAY);
  }

  @Test
  void turnsWhenTheAuthorityItStandsOnBeginsOrEnds() {
    Authority attorney = new Authority(Capacity.ATTORNEY, true, LATE);

    assertThat(consent(attorney, null).turningPoints()).containsExactlyInAnyOrder(MARCH, MAY);
    assertThat(consent(null, null).turningPoints()).isEmpty();
  }

  @Test
  void looksAroundWhereARuleOrAnExceptionSpeaksOfWhatRefersToARecord() {
    Data around = new Data(Set.of(), Set.of("CarePlan/7"), Set.of());
    Provision looking = rule(Period.ALWAYS, around, List.of());
    Provision not = rule(Period.ALWAYS, Data.ANY, List.of());

    assertThat(consent(null, looking).looksAround()).isTrue();
    assertThat(consent(null, rule(Period.ALWAYS, Data.ANY, List.of(not, looking))).looksAround())
        .isTrue();
    assertThat(consent(null, not).looksAround()).isFalse();
    assertThat(consent(null, null).looksAround()).isFalse();
  }

  @Test
  void isInForceWhileItsRootPermits() {
    Provision early = rule(EARLY, Data.ANY, List.of());
    Provision deny = new Provision(Provision.Type.DENY, true, early.scope(), List.of());
    Provision unread = new Provision(Provision.Type.PERMIT, false, early.scope(), List.of());

    assertThat(consent(null, early).isInForce(JANUARY)).isTrue();
    assertThat(consent(null, early).isInForce(MARCH)).isFalse();
    assertThat(consent(null, deny).isInForce(JANUARY)).isFalse();
    assertThat(consent(null, unread).isInForce(JANUARY)).isFalse();
    assertThat(consent(null, null).isInForce(JANUARY)).isFalse();
    assertThat(implied(Status.ACTIVE).isInForce(JANUARY)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void isInForceInOneStateAlone(Status status) {
    assertThat(implied(status).isInForce(JANUARY)).isEqualTo(status == Status.ACTIVE);
  }

  @Test
  void isInForceWhileWhoeverGaveItMay() {
    Provision always = rule(Period.ALWAYS, Data.ANY, List.of());
    Authority early = new Authority(Capacity.ATTORNEY, true, EARLY);
    Authority rejected = new Authority(Capacity.PROXY, false, Period.ALWAYS);
    Authority lasting = new Authority(Capacity.PROXY, true, Period.ALWAYS);

    assertThat(consent(lasting, always).isInForce(JANUARY)).isTrue();
    assertThat(consent(rejected, always).isInForce(JANUARY)).isFalse();
    assertThat(given(JANUARY, early, always).isInForce(JANUARY)).isTrue();
    assertThat(given(JANUARY, early, always).isInForce(MARCH)).isFalse();
    assertThat(given(JANUARY.minusMillis(1), early, always).isInForce(JANUARY)).isFalse();
  }

  private static ConsentRecord implied(Status status) {
    return new ConsentRecord(
        "Consent/1", status, Stated.UNKNOWN, null, new Implied("Z91001"), null);
  }

  private static ConsentRecord given(Instant at, Authority authority, Provision rule) {
    return new ConsentRecord("Consent/1", Status.ACTIVE, Stated.at(at), authority, null, rule);
  }

  private static Provision rule(Period period, Data data, List<Provision> exceptions) {
    Content content = new Content(Set.of(), data, Set.of(), Period.ALWAYS);
    Scope scope = new Scope(Recipients.ANYONE, Set.of(), content, period);
    return new Provision(Provision.Type.PERMIT, true, scope, exceptions);
  }

  private static ConsentRecord consent(@Nullable Authority authority, @Nullable Provision rule) {
    return new ConsentRecord("Consent/1", Status.ACTIVE, Stated.UNKNOWN, authority, null, rule);
  }
}
