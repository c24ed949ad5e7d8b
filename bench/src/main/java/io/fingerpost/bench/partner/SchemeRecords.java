package io.fingerpost.bench.partner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.bench.CommandFailed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** What the scheme's own system writes through the FHIR API. */
public final class SchemeRecords {

  private static final Template REFERRAL = Template.named("referral-transaction.json");
  private static final Template GOAL = Template.named("goal.json");
  private static final Template PLAN = Template.named("support-plan.json");
  private static final Template CONSENT = Template.named("consent.json");
  private static final Template SCORE = Template.named("score.json");

  private SchemeRecords() {}

  /** The six resources of a referral, in the one transaction that a message would become. */
  public static String referral(String id, Person person, Instant at) {
    return REFERRAL.with(FilledIn.of(person, id, at));
  }

  public static String goal(String patient, LocalDate today) {
    return GOAL.with(Map.of("patient", patient, "today", today.toString()));
  }

  public static String supportPlan(String title, String patient, String goal, LocalDate today) {
    return PLAN.with(
        Map.of("title", title, "patient", patient, "goal", goal, "today", today.toString()));
  }

  /** The person's permission: to this organisation, for this purpose (v3-ActReason). */
  public static String consent(String patient, String organisation, String purpose, Instant at) {
    return CONSENT.with(
        Map.of(
            "patient", patient,
            "organisation", organisation,
            "purpose", purpose,
            "at", FilledIn.moment(at)));
  }

  /** ONS4's first question: how satisfied with life nowadays, 0 to 10. */
  public static String satisfaction(String patient, String referral, int score, Instant at) {
    try {
      String filled =
          SCORE.with(Map.of("patient", patient, "referral", referral, "at", FilledIn.moment(at)));
      return ((ObjectNode) Answer.JSON.readTree(filled)).put("valueInteger", score).toString();
    } catch (JsonProcessingException e) {
      throw new CommandFailed("score.json is not JSON.", e);
    }
  }
}
