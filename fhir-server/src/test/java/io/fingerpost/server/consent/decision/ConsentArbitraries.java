package io.fingerpost.server.consent.decision;

import static io.fingerpost.server.consent.decision.Provision.Type.DENY;
import static io.fingerpost.server.consent.decision.Provision.Type.PERMIT;

import io.fingerpost.server.consent.decision.ConsentRecord.Implied;
import io.fingerpost.server.consent.decision.ConsentRecord.Stated;
import io.fingerpost.server.consent.decision.ConsentRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;

/** Consents and questions over an alphabet so small that they often meet. */
@Domain(DomainContext.Global.class)
class ConsentArbitraries extends DomainContextBase {
  static final String SCHEME = "Z9S01";

  private static final List<String> ORGANISATIONS = List.of("Z91001", "Z9L01", SCHEME);
  private static final List<String> KINDS = List.of("gp", "housing");
  private static final List<String> PURPOSES = List.of("TREAT", "COC", "HOPERAT", "HQUALIMP");
  private static final List<String> LABELS = List.of("N", "R", "SDV");
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  @Provide
  Arbitrary<List<ConsentRecord>> consents() {
    return consent().list().ofMinSize(1).ofMaxSize(4).uniqueElements(ConsentRecord::reference);
  }

  @Provide
  Arbitrary<ConsentRecord> consent() {
    Arbitrary<String> reference = Arbitraries.integers().between(1, 9).map(id -> "Consent/" + id);
    Arbitrary<Status> status =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.just(Status.ACTIVE)),
            Tuple.of(1, Arbitraries.of(Status.class)));
    Arbitrary<Stated> stated =
        Combinators.combine(instant(), Arbitraries.integers().between(0, 1))
            .as((at, days) -> new Stated(at, at.plus(Duration.ofDays(days))));
    Arbitrary<Implied> implied = Arbitraries.of(ORGANISATIONS).injectNull(0.2).map(Implied::new);
    return Combinators.combine(
            reference,
            status,
            stated,
            authority().injectNull(0.8),
            implied.injectNull(0.7),
            provision().injectNull(0.1))
        .as(ConsentRecord::new);
  }

  @Provide
  Arbitrary<Authority> authority() {
    return Combinators.combine(
            Arbitraries.of(Authority.Capacity.class), Arbitraries.of(true, true, false), period())
        .as(Authority::new);
  }

  @Provide
  Arbitrary<GrantedOverride> override() {
    return Combinators.combine(Arbitraries.of(GrantedOverride.Kind.class), instant())
        .as((kind, until) -> new GrantedOverride(kind, until, "Communication/1"));
  }

  @Provide
  Arbitrary<Provision> provision() {
    return provision(2);
  }

  @Provide
  Arbitrary<ShareQuestion> question() {
    Arbitrary<Recipient> recipient =
        Combinators.combine(mostlyFirst(ORGANISATIONS), Arbitraries.of(KINDS)).as(Recipient::new);
    return Combinators.combine(recipient, mostlyFirst(PURPOSES), resource(), instant())
        .as(
            (who, purpose, what, at) ->
                new ShareQuestion("Patient/1", who, purpose, what, at, null));
  }

  private static Arbitrary<ResourceFacts> resource() {
    return Combinators.combine(
            Arbitraries.of("CarePlan", "Goal"),
            some(List.of("a", "b")),
            some(LABELS),
            Combinators.combine(
                    Arbitraries.of(ORGANISATIONS).injectNull(0.5), span(1, 3).injectNull(0.3))
                .as(ResourceFacts.Origin::new),
            Arbitraries.of("CarePlan/1", "Goal/1").injectNull(0.3),
            some(List.of("CarePlan/1")))
        .as(ResourceFacts::new);
  }

  private static Arbitrary<Provision> provision(int depth) {
    Arbitrary<List<Provision>> exceptions =
        depth == 0
            ? Arbitraries.just(List.of())
            : Arbitraries.lazy(() -> provision(depth - 1)).list().ofMaxSize(2);
    Arbitrary<Boolean> readable = Arbitraries.integers().between(0, 19).map(n -> n > 0);
    return Combinators.combine(Arbitraries.of(PERMIT, PERMIT, DENY), readable, scope(), exceptions)
        .as(Provision::new);
  }

  private static Arbitrary<Scope> scope() {
    Arbitrary<Recipients> recipients =
        Combinators.combine(some(ORGANISATIONS), some(KINDS)).as(Recipients::new);
    Arbitrary<Content.Data> data =
        Combinators.combine(
                some(List.of("CarePlan/1")), some(List.of("CarePlan/1")), some(ORGANISATIONS))
            .as(Content.Data::new);
    Arbitrary<Content> content =
        Combinators.combine(some(List.of("CarePlan", "Goal", "a")), data, some(LABELS), period())
            .as(Content::new);
    return Combinators.combine(recipients, some(PURPOSES), content, period()).as(Scope::new);
  }

  /** Mostly always. */
  private static Arbitrary<Period> period() {
    return span(3, 9).injectNull(0.8).map(some -> some == null ? Period.ALWAYS : some);
  }

  private static Arbitrary<Period> span(int least, int most) {
    return Combinators.combine(instant(), Arbitraries.integers().between(least, most))
        .as((start, days) -> new Period(start, start.plus(Duration.ofDays(days))));
  }

  private static Arbitrary<String> mostlyFirst(List<String> values) {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.just(values.get(0))), Tuple.of(1, Arbitraries.of(values)));
  }

  /** Mostly nothing: a rule that names everything at once matches hardly ever. */
  private static Arbitrary<Set<String>> some(List<String> values) {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.just(Set.of())),
        Tuple.of(2, Arbitraries.of(values).set().ofMinSize(1).ofMaxSize(2)));
  }

  private static Arbitrary<Instant> instant() {
    return Arbitraries.integers().between(0, 6).map(day -> EPOCH.plus(Duration.ofDays(day)));
  }
}
