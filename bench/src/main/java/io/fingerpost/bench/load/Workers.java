package io.fingerpost.bench.load;

import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.GpMessages;
import io.fingerpost.bench.partner.Hl7;
import io.fingerpost.bench.partner.HospitalMessages;
import io.fingerpost.bench.partner.HospitalMessages.Said;
import io.fingerpost.bench.partner.MllpConnection;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Person;
import io.fingerpost.bench.partner.SchemeRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the clients of each mode. */
final class Workers {

  private final Partners partners;
  private final NhsNumbers numbers;
  private final PeopleWithPlans people;

  Workers(Partners partners, NhsNumbers numbers, PeopleWithPlans people) {
    this.partners = partners;
    this.numbers = numbers;
    this.people = people;
  }

  Worker of(Mode mode) throws IOException {
    return switch (mode) {
      case MLLP -> new Hospital(MllpConnection.open(partners.server().mllpPort()));
      case GP -> () -> isAccepted(gp().message(gpReferral()));
      case TRANSACTION -> () -> isAccepted(scheme().post("", transaction()));
      case SEARCH -> () -> findsPlan(scheme());
      case SEARCH_CONSENT -> () -> findsPlan(hospital());
      case PAGE -> () -> fillsPage(scheme());
      case PAGE_CONSENT -> () -> fillsPage(hospital());
      case MANY -> () -> findsPlan(scheme(), people.often());
      case MANY_CONSENT -> () -> findsPlan(hospital(), people.often());
    };
  }

  private final class Hospital implements Worker {
    private final MllpConnection connection;

    Hospital(MllpConnection connection) {
      this.connection = connection;
    }

    @Override
    public boolean once() throws IOException {
      String message =
          HospitalMessages.referral(id().substring(0, 20), person(), Said.YES, Instant.now());
      return Hl7.field(connection.exchange(message), "MSA", 1).equals("AA");
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  private String gpReferral() {
    return GpMessages.referral(id(), person(), Instant.now());
  }

  private String transaction() {
    return SchemeRecords.referral(id(), person(), Instant.now());
  }

  private boolean findsPlan(FhirApi api) {
    List<String> identifiers = people.identifiers();
    String person = identifiers.get(ThreadLocalRandom.current().nextInt(identifiers.size()));
    return findsPlan(api, person);
  }

  private static boolean findsPlan(FhirApi api, String person) {
    Answer answer = api.get("CarePlan?patient.identifier=" + person);
    return answer.status() == 200 && answer.json().path("entry").size() == 1;
  }

  private static boolean fillsPage(FhirApi api) {
    Answer answer = api.get("CarePlan?status=active&_count=200");
    return answer.status() == 200 && answer.json().path("entry").size() == 200;
  }

  private FhirApi hospital() {
    return partners.as(DemoPartners.HOSPITAL);
  }

  private FhirApi scheme() {
    return partners.as(DemoPartners.SCHEME);
  }

  private FhirApi gp() {
    return partners.as(DemoPartners.GP);
  }

  private Person person() {
    return Person.of(numbers.next());
  }

  private static boolean isAccepted(Answer answer) {
    return answer.status() == 200;
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
