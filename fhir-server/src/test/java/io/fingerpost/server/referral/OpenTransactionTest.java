package io.fingerpost.server.referral;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;

class OpenTransactionTest {

  private final OpenTransaction open = OpenTransaction.of(new TransactionDetails());

  @Test
  void knowsWhatItCreatesByAnIdThatIsGivenLater() {
    Patient patient = new Patient();
    ServiceRequest referral = new ServiceRequest();
    open.add(patient);
    open.add(referral);
    assertThat(open.hasCreated("Patient/7")).isFalse();

    patient.setId("Patient/7/_history/1");
    referral.setId("ServiceRequest/7/_history/1");

    assertThat(open.hasCreated("Patient/7")).isTrue();
    assertThat(open.hasCreated("Patient/8")).isFalse();
    assertThat(open.referral("7")).isSameAs(referral);
    assertThat(open.referral("8")).isNull();
  }

  @Test
  void isTheSameForAllThatTheTransactionWrites() {
    TransactionDetails transaction = new TransactionDetails();
    Patient patient = new Patient();
    patient.setId("Patient/7");

    OpenTransaction.of(transaction).add(patient);

    assertThat(OpenTransaction.of(transaction).hasCreated("Patient/7")).isTrue();
    assertThat(OpenTransaction.of(new TransactionDetails()).hasCreated("Patient/7")).isFalse();
  }
}
