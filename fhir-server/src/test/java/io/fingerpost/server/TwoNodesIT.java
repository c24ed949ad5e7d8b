package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;
import static io.fingerpost.server.Wexcombe.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two FHIR servers on one PostgreSQL: what the scheme writes on one counts on the other from the
 * next request on. {@code -Dwithdrawals=1000} says how often it is tried.
 */
@OneServer
class TwoNodesIT {

  private static final int TIMES = Integer.getInteger("withdrawals", 50);

  private static ConfigurableApplicationContext other;
  private static ApiClient hospitalThere;

  @BeforeAll
  static void startAnotherNode(@Autowired HikariDataSource database) {
    int port = Wexcombe.freePort();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("fingerpost.roles", "fhir-server");
    settings.put("fingerpost.access.issuer", Wexcombe.SERVER);
    settings.put("server.port", port);
    other = RoutesProcess.run(settings, database);
    hospitalThere = Wexcombe.HOSPITAL.at("http://localhost:" + port);
  }

  @AfterAll
  static void stopIt() {
    other.close();
  }

  @Test
  void denyOnOneWhatWasWithdrawnOnTheOtherAtTheNextRequest() {
    Patient patient = SCHEME.create(Records.patient(Person.next()));
    CarePlan plan = SCHEME.create(Records.plan(patient, "Out and about"));
    Consent consent = SCHEME.create(Records.consent(patient, "Z9H01"));
    String search = "/fhir/CarePlan?_total=accurate&patient=" + referenceTo(patient);

    for (int time = 0; time < TIMES; time++) {
      assertThat(hospitalThere.get("/fhir/" + referenceTo(plan)).status()).isEqualTo(200);
      assertThat(hospitalThere.get(search).resource(Bundle.class).getTotal()).isEqualTo(1);

      consent = SCHEME.update(consent.setStatus(ConsentState.INACTIVE));

      assertThat(hospitalThere.get("/fhir/" + referenceTo(plan)).status()).isEqualTo(404);
      assertThat(hospitalThere.get(search).resource(Bundle.class).getTotal()).isZero();
      consent = SCHEME.update(consent.setStatus(ConsentState.ACTIVE));
    }
  }
}
