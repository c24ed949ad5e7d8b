package io.fingerpost.bench.demo;

import java.util.List;
import java.util.stream.Stream;

/** The whole journey, from the first referral to the outcome tables, in its order. */
final class Journey {

  private Journey() {}

  static List<Step> of(Scene scene) {
    SupportPlan plan = new SupportPlan(scene);
    Outcomes outcomes = new Outcomes(scene);
    return Stream.of(
            new Referrals(scene).steps(),
            new CouncilReferrals(scene).steps(),
            new Answers(scene).steps(),
            new OpenChannels(scene).steps(),
            plan.beforeConsent(),
            plan.underConsent(),
            outcomes.scores(),
            plan.afterWithdrawal(),
            outcomes.tables())
        .flatMap(List::stream)
        .toList();
  }
}
