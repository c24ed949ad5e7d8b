package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.HOSPITAL;
import static io.fingerpost.server.Wexcombe.OTHER_HOSPITAL;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Searches find what may be seen, all of it, and count nothing else. */
@OneServer
class VisibilityIT {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private List<Patient> people = List.of();
  private List<CarePlan> plans = List.of();

  @Autowired
  VisibilityIT(DataSource database) {
    this.jdbc = new JdbcTemplate(database);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
  }

  @BeforeEach
  void sixPeopleHaveAPlanEach() {
    people =
        IntStream.range(0, 6)
            .mapToObj(number -> SCHEME.create(Records.patient(Person.next())))
            .toList();
    plans =
        people.stream()
            .map(person -> SCHEME.create(Records.plan(person, "Out and about")))
            .toList();
  }

  private String all() {
    return "/fhir/CarePlan?patient="
        + people.stream().map(Records::referenceTo).collect(Collectors.joining(","));
  }

  private static int total(ApiClient asker, String search) {
    return asker.get(search + "&_total=accurate").resource(Bundle.class).getTotal();
  }

  private Consent agrees(int person) {
    return SCHEME.create(Records.consent(people.get(person), "Z9H01"));
  }

  @Test
  void countsWhatTheAskerMaySeeAndNothingElse() {
    assertThat(total(HOSPITAL, all())).isZero();

    agrees(1);
    agrees(4);

    assertThat(total(HOSPITAL, all())).isEqualTo(2);
    assertThat(HOSPITAL.get(all() + "&_summary=count").resource(Bundle.class).getTotal())
        .isEqualTo(2);
    assertThat(total(OTHER_HOSPITAL, all())).isZero();
    assertThat(total(SCHEME, all())).isEqualTo(6);
  }

  @Test
  void fillsEveryPageButTheLast() {
    agrees(0);
    agrees(2);
    agrees(5);

    List<Integer> sizes = new ArrayList<>();
    List<Integer> totals = new ArrayList<>();
    String page = all() + "&_count=2&_total=accurate&_sort=_lastUpdated";
    while (page != null) {
      Bundle shown = HOSPITAL.get(page).resource(Bundle.class);
      sizes.add(shown.getEntry().size());
      totals.add(shown.getTotal());
      page = shown.getLink(Bundle.LINK_NEXT) == null ? null : shown.getLink("next").getUrl();
    }

    assertThat(sizes).containsExactly(2, 1);
    assertThat(totals).containsExactly(3, 3);
  }

  @Test
  void countsAWithdrawalARefusalAndANarrowerConsentAtOnce() {
    Consent first = agrees(0);
    Consent second = agrees(1);
    agrees(2);
    assertThat(total(HOSPITAL, all())).isEqualTo(3);

    SCHEME.update(first.setStatus(ConsentState.INACTIVE));
    assertThat(total(HOSPITAL, all())).isEqualTo(2);

    SCHEME.update(second.setStatus(ConsentState.REJECTED));
    assertThat(total(HOSPITAL, all())).isEqualTo(1);

    Consent narrower = Records.consent(people.get(2), "Z9H01");
    narrower
        .getProvision()
        .addClass_(new Coding("http://hl7.org/fhir/resource-types", "CarePlan", null))
        .setType(Consent.ConsentProvisionType.DENY);
    SCHEME.create(narrower);
    assertThat(total(HOSPITAL, all())).isZero();
  }

  @Test
  void followsAPlanThatIsMarkedRestricted() {
    agrees(3);
    assertThat(total(HOSPITAL, all())).isEqualTo(1);

    CarePlan plan = plans.get(3);
    plan.getMeta()
        .addSecurity(
            new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
    SCHEME.update(plan);

    assertThat(total(HOSPITAL, all())).isZero();
  }

  @Test
  void findsWhatIsWrittenAfterTheConsent() {
    agrees(2);
    SCHEME.create(Records.plan(people.get(2), "And further"));

    assertThat(total(HOSPITAL, all())).isEqualTo(2);
  }

  @Test
  void countsAConsentThatEndsFromThatInstantOn() {
    Consent ending = Records.consent(people.get(1), "Z9H01");
    Instant lastSecond = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
    Instant end = lastSecond.plusSeconds(1);
    ending.getProvision().getPeriod().setEnd(Date.from(lastSecond));
    SCHEME.create(ending);
    int before = total(HOSPITAL, all());
    boolean asked = Instant.now().isBefore(end);

    while (!Instant.now().isAfter(end)) {
      Thread.onSpinWait();
    }

    assertThat(total(HOSPITAL, all())).isZero();
    assertThat(before).isEqualTo(asked ? 1 : before);
  }

  @Test
  void followsAConsentThatIsPutOnAnotherPersonsRecord() {
    Consent misfiled = agrees(0);
    assertThat(total(HOSPITAL, all() + "&_id=" + idOf(plans.get(0)))).isEqualTo(1);

    misfiled.setPatient(new Reference(referenceTo(people.get(5))));
    SCHEME.update(misfiled);

    assertThat(total(HOSPITAL, all() + "&_id=" + idOf(plans.get(0)))).isZero();
    assertThat(total(HOSPITAL, all() + "&_id=" + idOf(plans.get(5)))).isEqualTo(1);
  }

  /** A plan says in words what the goal is that it names. */
  @Test
  void masksWhatAPlanSaysOfAGoalThatMayNotBeSeen() {
    agrees(0);
    Goal open = goal("Walk to the park", null);
    Goal hidden = goal("Be safe from him", "R");
    CarePlan plan = plans.get(0);
    plan.addGoal().setReference(referenceTo(open)).setDisplay("Walk to the park");
    plan.addGoal().setReference(referenceTo(hidden)).setDisplay("Be safe from him");
    SCHEME.update(plan);

    for (String way : List.of("/fhir/" + referenceTo(plan), all())) {
      assertThat(HOSPITAL.get(way).body())
          .contains("Walk to the park", "masked")
          .doesNotContain("Be safe from him", referenceTo(hidden));
      assertThat(SCHEME.get(way).body()).contains("Be safe from him").doesNotContain("masked");
    }
  }

  /** A reference that is masked when it is shown is not told by what is found, either. */
  @Test
  void findsNothingByWhatMayNotBeSeen() {
    agrees(0);
    Appointment open = appointment(null);
    Appointment hidden = appointment("R");
    CarePlan plan = plans.get(0);
    plan.addActivity().setReference(new Reference(referenceTo(open)));
    plan.addActivity().setReference(new Reference(referenceTo(hidden)));
    SCHEME.update(plan);
    String by = all() + "&activity-reference=";

    assertThat(total(SCHEME, by + referenceTo(hidden))).isEqualTo(1);
    assertThat(total(HOSPITAL, by + referenceTo(open))).isEqualTo(1);
    assertThat(total(HOSPITAL, by + referenceTo(hidden))).isZero();
    assertThat(total(HOSPITAL, by + referenceTo(hidden) + "," + referenceTo(open))).isEqualTo(1);
    assertThat(total(HOSPITAL, by + "Appointment/4711")).isZero();
    assertThat(HOSPITAL.get(by + "4711").status()).isEqualTo(400);
  }

  private Appointment appointment(@Nullable String label) {
    Appointment appointment = new Appointment();
    appointment.setStatus(Appointment.AppointmentStatus.BOOKED);
    appointment.setStart(Date.from(Instant.now().plus(1, ChronoUnit.DAYS)));
    appointment.setEnd(Date.from(Instant.now().plus(25, ChronoUnit.HOURS)));
    appointment
        .addParticipant()
        .setActor(new Reference(referenceTo(people.get(0))))
        .setStatus(Appointment.ParticipationStatus.ACCEPTED);
    labelled(appointment, label);
    return SCHEME.create(appointment);
  }

  private static void labelled(Resource record, @Nullable String label) {
    if (label != null) {
      record
          .getMeta()
          .addSecurity(
              new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", label, null));
    }
  }

  private Goal goal(String words, @Nullable String label) {
    Goal goal = new Goal();
    goal.setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE);
    goal.getDescription().setText(words);
    goal.setSubject(new Reference(referenceTo(people.get(0))));
    goal.setStatusDate(new Date());
    labelled(goal, label);
    return SCHEME.create(goal);
  }

  private static String idOf(CarePlan plan) {
    return plan.getIdElement().getIdPart();
  }

  /** The index makes searches right; what is shown is decided on, whatever stands in the index. */
  @Test
  void isNotTrustedWithWhatIsShown() {
    agrees(0);
    Integer moved =
        transactions.execute(
            open ->
                jdbc.update(
                    """
                    update hfj_spidx_uri
                    set res_id = (select res_id from hfj_resource where fhir_id = ?)
                    where sp_name = 'visible-to'
                      and res_id = (select res_id from hfj_resource where fhir_id = ?)
                    """,
                    idOf(plans.get(1)),
                    idOf(plans.get(0))));
    assertThat(moved).isPositive();
    for (ApiClient.Answer answer :
        List.of(
            HOSPITAL.get(all()),
            HOSPITAL.get(all() + "&_total=accurate"),
            HOSPITAL.get(all() + "&_count=1"))) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("Out and about", "\"total\": 1", "\"total\":1");
    }
  }

  @Test
  void isNothingToSearchByForClients() {
    agrees(0);
    String probe = all() + "&visible-to=urn:fingerpost:audience:Z9H02:hospital:TREAT";

    assertThat(HOSPITAL.get(probe).status()).isEqualTo(400);
    assertThat(HOSPITAL.get(all()).body()).doesNotContain("audience");
  }
}
