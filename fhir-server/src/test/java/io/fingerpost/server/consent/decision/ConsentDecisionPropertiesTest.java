package io.fingerpost.server.consent.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.consent.decision.ConsentRecord.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** What holds for every question and every set of consents, however odd. */
@Domain(ConsentArbitraries.class)
@PropertyDefaults(tries = 3000, edgeCases = EdgeCasesMode.NONE)
class ConsentDecisionPropertiesTest {
  private final ConsentDecisionEngine engine = new ConsentDecisionEngine(ConsentArbitraries.SCHEME);

  @Property
  @Label("the order of the consents never matters")
  void orderNeverMatters(
      @ForAll ShareQuestion question, @ForAll List<ConsentRecord> consents, @ForAll Random order) {
    List<ConsentRecord> shuffled = new ArrayList<>(consents);
    Collections.shuffle(shuffled, order);
    assertThat(engine.decide(question, shuffled)).isEqualTo(engine.decide(question, consents));
  }

  @Property
  @Label("adding a refusal never opens anything")
  void addingARefusalNeverOpens(
      @ForAll ShareQuestion question,
      @ForAll List<ConsentRecord> consents,
      @ForAll ConsentRecord another,
      @ForAll Provision rules) {
    List<ConsentRecord> more = new ArrayList<>(consents);
    more.add(with(another, rules.refused()));
    assertNotWider(question, consents, more);
  }

  @Property
  @Label("adding a rejected consent never opens anything")
  void addingARejectedConsentNeverOpens(
      @ForAll ShareQuestion question,
      @ForAll List<ConsentRecord> consents,
      @ForAll ConsentRecord another) {
    List<ConsentRecord> more = new ArrayList<>(consents);
    more.add(with(another, Status.REJECTED));
    assertNotWider(question, consents, more);
  }

  @Property
  @Label("adding a refusal as an exception, at any depth, never opens anything")
  void addingARefusingExceptionNeverOpens(
      @ForAll ShareQuestion question,
      @ForAll List<ConsentRecord> consents,
      @ForAll Provision exception,
      @ForAll Random where) {
    List<ConsentRecord> changed =
        consents.stream()
            .map(consent -> changed(consent, where, rule -> withException(rule, exception)))
            .toList();
    assertNotWider(question, consents, changed);
  }

  @Property
  @Label("failing to understand a rule, at any depth, never opens anything")
  void notUnderstandingNeverOpens(
      @ForAll ShareQuestion question, @ForAll List<ConsentRecord> consents, @ForAll Random where) {
    List<ConsentRecord> changed =
        consents.stream()
            .map(consent -> changed(consent, where, ConsentDecisionPropertiesTest::unreadable))
            .toList();
    assertNotWider(question, consents, changed);
  }

  @Property
  @Label("dropping a criterion that was not understood never opens anything")
  void droppingWhatWasNotUnderstoodNeverOpens(
      @ForAll ShareQuestion question, @ForAll List<ConsentRecord> consents, @ForAll Random where) {
    List<ConsentRecord> changed =
        consents.stream()
            .map(consent -> changed(consent, where, ConsentDecisionPropertiesTest::lostCriteria))
            .toList();
    assertNotWider(question, consents, changed);
  }

  @Property
  @Label("with no active consent nothing is shared but what is one's own")
  void nothingWithoutAnActiveConsent(
      @ForAll ShareQuestion question, @ForAll List<ConsentRecord> consents) {
    List<ConsentRecord> none =
        consents.stream().filter(consent -> consent.status() != Status.ACTIVE).toList();
    ShareDecision decision = engine.decide(question, none);
    assertThat(decision.permits()).isEqualTo(decision.reason() == ShareReason.OWN_RECORD);
  }

  @Property
  @Label("a permission rests on an active consent on record")
  void aPermissionRestsOnAnActiveConsentOnRecord(
      @ForAll ShareQuestion question, @ForAll List<ConsentRecord> consents) {
    ShareDecision decision = engine.decide(question, consents);
    // Keeps the other properties honest: they prove little if hardly anything is ever permitted.
    boolean permitted = decision.reason() == ShareReason.PERMITTED;
    Statistics.label("permitted").collect(permitted);
    Statistics.label("permitted")
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    if (!permitted) {
      return;
    }
    assertThat(consents)
        .filteredOn(consent -> consent.status() == Status.ACTIVE)
        .extracting(ConsentRecord::reference)
        .contains(decision.basis());
  }

  @Property
  @Label("an authority that is not recognised opens nothing")
  void anUnrecognisedAuthorityOpensNothing(
      @ForAll ShareQuestion question,
      @ForAll List<ConsentRecord> consents,
      @ForAll ConsentRecord another,
      @ForAll Authority authority) {
    Authority rejected = new Authority(authority.capacity(), false, authority.period());
    List<ConsentRecord> more = new ArrayList<>(consents);
    more.add(with(another, rejected));
    assertNotWider(question, consents, more);
  }

  @Property
  @Label("what the person has given opens no less for somebody else having to give it")
  void decidingForAnotherNeverOpensMore(
      @ForAll ShareQuestion question,
      @ForAll List<ConsentRecord> consents,
      @ForAll Authority authority) {
    List<ConsentRecord> own =
        consents.stream().map(consent -> with(consent, (Authority) null)).toList();
    List<ConsentRecord> byAnother = own.stream().map(consent -> with(consent, authority)).toList();
    assertNotWider(question, own, byAnother);
  }

  @Property
  @Label("what another decides never opens what the person alone has refused")
  void nobodyElseOpensWhatThePersonRefused(
      @ForAll ShareQuestion question,
      @ForAll List<ConsentRecord> consents,
      @ForAll ConsentRecord another,
      @ForAll Authority authority) {
    List<ConsentRecord> own =
        consents.stream().map(consent -> with(consent, (Authority) null)).toList();
    List<ConsentRecord> more = new ArrayList<>(own);
    more.add(with(another, authority));
    if (engine.decide(question, own).reason() == ShareReason.REFUSED) {
      assertThat(engine.decide(question, more).permits()).isFalse();
    }
  }

  @Property
  @Label("an override changes no yes, and turns a no into a yes for its own time and purposes")
  void anOverrideOnlyEverAdds(
      @ForAll ShareQuestion question,
      @ForAll List<ConsentRecord> consents,
      @ForAll GrantedOverride override) {
    ShareDecision without = engine.decide(question, consents);
    ShareDecision with = engine.decide(with(question, override), consents);
    if (without.permits() || !question.at().isBefore(override.until())) {
      assertThat(with).isEqualTo(without);
    } else if (with.permits()) {
      assertThat(with.reason().name()).isEqualTo("OVERRIDE_" + override.kind());
      assertThat(with.basis()).isEqualTo(override.reference());
      assertThat(question.purpose()).isIn("TREAT", "COC");
    }
  }

  private void assertNotWider(
      ShareQuestion question, List<ConsentRecord> before, List<ConsentRecord> after) {
    if (!engine.decide(question, before).permits()) {
      assertThat(engine.decide(question, after).permits()).isFalse();
    }
  }

  private static ConsentRecord with(ConsentRecord consent, Provision rules) {
    return new ConsentRecord(
        consent.reference(),
        consent.status(),
        consent.dateTime(),
        consent.authority(),
        consent.implied(),
        rules);
  }

  private static ConsentRecord with(ConsentRecord consent, Status status) {
    return new ConsentRecord(
        consent.reference(),
        status,
        consent.dateTime(),
        consent.authority(),
        consent.implied(),
        consent.provision());
  }

  private static ConsentRecord with(ConsentRecord consent, @Nullable Authority authority) {
    return new ConsentRecord(
        consent.reference(),
        consent.status(),
        consent.dateTime(),
        authority,
        consent.implied(),
        consent.provision());
  }

  private static ShareQuestion with(ShareQuestion question, GrantedOverride override) {
    return new ShareQuestion(
        question.patient(),
        question.recipient(),
        question.purpose(),
        question.resource(),
        question.at(),
        override);
  }

  private static ConsentRecord changed(
      ConsentRecord consent, Random where, UnaryOperator<Provision> change) {
    Provision rules = consent.provision();
    return rules == null ? consent : with(consent, changed(rules, where, change));
  }

  private static Provision changed(Provision rule, Random where, UnaryOperator<Provision> change) {
    if (where.nextBoolean() || rule.exceptions().isEmpty()) {
      return change.apply(rule);
    }
    List<Provision> exceptions = new ArrayList<>(rule.exceptions());
    int one = where.nextInt(exceptions.size());
    exceptions.set(one, changed(exceptions.get(one), where, change));
    return new Provision(rule.type(), rule.readable(), rule.scope(), exceptions);
  }

  private static Provision withException(Provision rule, Provision exception) {
    List<Provision> exceptions = new ArrayList<>(rule.exceptions());
    exceptions.add(exception.refused());
    return new Provision(rule.type(), rule.readable(), rule.scope(), exceptions);
  }

  private static Provision unreadable(Provision rule) {
    return new Provision(rule.type(), false, rule.scope(), rule.exceptions());
  }

  private static Provision lostCriteria(Provision rule) {
    return new Provision(rule.type(), false, Scope.EVERYTHING, rule.exceptions());
  }
}
