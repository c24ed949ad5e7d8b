package io.fingerpost.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Person;
import io.fingerpost.bench.partner.SchemeRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * People who have a support plan and have consented that the hospital reads it.
 *
 * @param often the identifier of one more who has consented as often as there are others
 */
record PeopleWithPlans(List<String> identifiers, String often) {

  private static final String NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";

  static final PeopleWithPlans NONE = new PeopleWithPlans(List.of(), "");

  static PeopleWithPlans store(int howMany, Partners partners, NhsNumbers numbers) {
    FhirApi scheme = partners.as(DemoPartners.SCHEME);
    List<String> identifiers = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      identifiers.add(store(scheme, Person.of(numbers.next()), 1));
    }
    return new PeopleWithPlans(identifiers, store(scheme, Person.of(numbers.next()), howMany));
  }

  private static String store(FhirApi scheme, Person person, int consents) {
    String referral = SchemeRecords.referral(UUID.randomUUID().toString(), person, Instant.now());
    String patient = patientOf(stored(scheme.post("", referral)));
    LocalDate today = LocalDate.now();
    JsonNode goal = stored(scheme.post("Goal", SchemeRecords.goal(patient, today))).json();
    stored(
        scheme.post(
            "CarePlan",
            SchemeRecords.supportPlan(
                "Getting out again", patient, "Goal/" + goal.path("id").asText(), today)));
    for (int i = 0; i < consents; i++) {
      String consent = SchemeRecords.consent(patient, "Z9H01", "TREAT", Instant.now());
      stored(scheme.post("Consent", consent));
    }
    return FhirApi.identifier(NHS_NUMBER, person.nhsNumber());
  }

  /** From the first entry of a transaction's answer: {@code Patient/12/_history/1}. */
  private static String patientOf(Answer transaction) {
    return transaction.at("/entry/0/response/location").replaceAll("/_history.*$", "");
  }

  private static Answer stored(Answer answer) {
    if (!answer.ok()) {
      throw new CommandFailed(
          "The people to search for could not be stored: HTTP "
              + answer.status()
              + " "
              + answer.text());
    }
    return answer;
  }
}
