package io.fingerpost.server.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import io.fingerpost.server.OneServer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Organization;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads more resources than a page holds, of a type that no other test stores. */
@OneServer
class JpaOutcomeSourceIT {
  private static final int STORED = 1_203;
  private static final SystemRequestDetails SYSTEM = new SystemRequestDetails();

  private final DaoRegistry daos;
  private final IFhirSystemDao<Bundle, Meta> system;
  private final JdbcTemplate database;
  private final TransactionTemplate transactions;
  private final JpaOutcomeSource source;

  @Autowired
  JpaOutcomeSourceIT(
      DaoRegistry daos,
      IFhirSystemDao<Bundle, Meta> system,
      JdbcTemplate database,
      PlatformTransactionManager transactions) {
    this.transactions = new TransactionTemplate(transactions);
    this.daos = daos;
    this.system = system;
    this.database = database;
    this.source = new JpaOutcomeSource(daos, database);
  }

  @Test
  void readsEveryResourceOfItsTypeOnceInTheOrderTheyWereStored() {
    List<String> stored = store(STORED);
    delete(stored.remove(700));
    daos.getResourceDao(Organization.class).create(new Organization().setName("x"), SYSTEM);

    Iterator<IBaseResource> all = source.all("Communication");
    List<String> read = new ArrayList<>();
    String first = all.next().getIdElement().getIdPart();
    while (!first.equals(stored.get(0))) {
      // Other tests' are in the store as well.
      first = all.next().getIdElement().getIdPart();
    }
    read.add(first);
    // Deleted while reading: it is not read, and nothing else is missed for it.
    delete(stored.remove(1_100));
    all.forEachRemaining(resource -> read.add(resource.getIdElement().getIdPart()));

    assertThat(read).isEqualTo(stored);
    assertThat(source.all("Endpoint")).isExhausted();
  }

  private List<String> store(int count) {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (int i = 0; i < count; i++) {
      bundle
          .addEntry()
          .setResource(communication())
          .getRequest()
          .setMethod(HTTPVerb.POST)
          .setUrl("Communication");
    }
    List<String> ids = new ArrayList<>();
    for (Bundle.BundleEntryComponent entry : system.transaction(SYSTEM, bundle).getEntry()) {
      ids.add(entry.getResponse().getLocationElement().getValue().split("/")[1]);
    }
    return ids;
  }

  private static Communication communication() {
    Communication communication = new Communication().setStatus(CommunicationStatus.COMPLETED);
    communication.getSubject().setDisplay("Somebody");
    return communication;
  }

  /** As the table of an earlier version may hold it: this one deletes nothing. */
  private void delete(String id) {
    transactions.executeWithoutResult(
        status ->
            database.update(
                "update hfj_resource set res_deleted_at = now() where fhir_id = ?", id));
  }
}
