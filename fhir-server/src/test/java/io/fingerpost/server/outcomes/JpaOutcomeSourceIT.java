package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.server.Fingerpost;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Reads a store with more resources than a page holds. */
@SpringBootTest(
    classes = Fingerpost.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"fingerpost.roles=fhir-server", "fingerpost.scheme.organisation=Z9S01"})
class JpaOutcomeSourceIT {
  private static final int STORED = 1_203;
  private static final SystemRequestDetails SYSTEM = new SystemRequestDetails();

  private final DaoRegistry daos;
  private final IFhirSystemDao<Bundle, Meta> system;
  private final JpaOutcomeSource source;

  @Autowired
  JpaOutcomeSourceIT(DaoRegistry daos, IFhirSystemDao<Bundle, Meta> system, JdbcTemplate database) {
    this.daos = daos;
    this.system = system;
    this.source = new JpaOutcomeSource(daos, database);
  }

  @DynamicPropertySource
  static void inItsOwnFolder(DynamicPropertyRegistry properties) {
    properties.add("fingerpost.data", () -> "target/outcomes-it-" + System.nanoTime());
  }

  @Test
  void readsEveryResourceOfItsTypeOnceInTheOrderTheyWereStored() {
    List<String> stored = store(STORED);
    delete(stored.remove(700));
    daos.getResourceDao(Organization.class).create(new Organization().setName("x"), SYSTEM);

    Iterator<IBaseResource> all = source.all("Patient");
    List<String> read = new ArrayList<>();
    // Deleted while reading: it is not read, and nothing else is missed for it.
    read.add(all.next().getIdElement().getIdPart());
    delete(stored.remove(1_100));
    all.forEachRemaining(resource -> read.add(resource.getIdElement().getIdPart()));

    assertThat(read).isEqualTo(stored);
    assertThat(source.all("Observation")).isExhausted();
  }

  private List<String> store(int count) {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (int i = 0; i < count; i++) {
      bundle
          .addEntry()
          .setResource(new Patient().setActive(true))
          .getRequest()
          .setMethod(HTTPVerb.POST)
          .setUrl("Patient");
    }
    List<String> ids = new ArrayList<>();
    for (Bundle.BundleEntryComponent entry : system.transaction(SYSTEM, bundle).getEntry()) {
      ids.add(entry.getResponse().getLocationElement().getValue().split("/")[1]);
    }
    return ids;
  }

  private void delete(String id) {
    IFhirResourceDao<Patient> patients = daos.getResourceDao(Patient.class);
    patients.delete(new IdType("Patient", id), SYSTEM);
  }
}
