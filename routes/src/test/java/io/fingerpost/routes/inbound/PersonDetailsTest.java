package io.fingerpost.routes.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fingerpost.routes.inbound.PersonChange.Detail;
import java.time.Instant;
import java.util.Set;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class PersonDetailsTest {

  private final Patient stored = stored();

  @Test
  void leavesWhatIsNotSent() {
    Patient before = stored.copy();

    take(new Patient());

    assertThat(stored.equalsDeep(before)).isTrue();
  }

  @Test
  void changesNothingWhenTheSameIsSaidInOtherLetters() {
    Patient before = stored.copy();
    Patient sent = new Patient();
    sent.addName().setFamily("COX").addGiven("BRIAN");
    sent.addTelecom().setValue("01632 960123");
    sent.addAddress().addLine("2 MILL LANE").setCity("Wexcombe").setPostalCode("wx1 2ab");

    take(sent);

    assertThat(stored.equalsDeep(before)).isTrue();
  }

  @Test
  void keepsWhatIsReplacedAsOld() {
    Patient sent = new Patient();
    sent.addName().setFamily("Fox").addGiven("Brian").setUse(NameUse.OFFICIAL);
    sent.addTelecom().setValue("01632960999");
    sent.addAddress().addLine("9 High Street").setCity("Wexcombe");

    take(sent);

    assertThat(stored.getName()).extracting(name -> name.getFamily()).containsExactly("Fox", "Cox");
    assertThat(stored.getName().get(1).getUse()).isEqualTo(NameUse.OLD);
    assertThat(stored.getTelecom())
        .extracting(ContactPoint::getValue)
        .containsExactly("01632960999", "01632960123");
    assertThat(stored.getTelecom().get(1).getUse()).isEqualTo(ContactPointUse.OLD);
    assertThat(stored.getAddress().get(1).getUse()).isEqualTo(AddressUse.OLD);
  }

  @Test
  void takesBackWhatWasOldWhenItHoldsAgain() {
    take(movedTo("9 High Street"));
    take(movedTo("2 Mill Lane"));

    assertThat(stored.getAddress())
        .extracting(address -> address.getLine().get(0).getValue(), Address::getUse)
        .containsExactly(tuple("2 Mill Lane", null), tuple("9 High Street", AddressUse.OLD));
  }

  @Test
  void takesAwayWhatTheSenderErases() {
    stored.setDeceased(new BooleanType(true));
    stored.setGender(AdministrativeGender.MALE);

    take(
        new Patient(),
        Detail.BIRTH_DATE,
        Detail.GENDER,
        Detail.ADDRESS,
        Detail.TELECOM,
        Detail.LANGUAGE,
        Detail.DEATH);

    assertThat(stored.hasBirthDate()).isFalse();
    assertThat(stored.hasGender()).isFalse();
    assertThat(stored.hasCommunication()).isFalse();
    assertThat(stored.hasDeceased()).isFalse();
    assertThat(stored.getAddress()).allMatch(address -> address.getUse() == AddressUse.OLD);
    assertThat(stored.getTelecom()).allMatch(point -> point.getUse() == ContactPointUse.OLD);
    assertThat(stored.getNameFirstRep().getFamily()).isEqualTo("Cox");
  }

  @Test
  void doesNotGiveUpADateOfDeathForTheBareWord() {
    stored.setDeceased(new DateTimeType("2026-03-03"));
    Patient sent = new Patient();
    sent.setDeceased(new BooleanType(true));

    take(sent);

    assertThat(stored.getDeceasedDateTimeType().getValueAsString()).isEqualTo("2026-03-03");
  }

  @Test
  void addsALanguageOnce() {
    Patient sent = new Patient();
    sent.addCommunication().getLanguage().addCoding().setCode("bfi");
    take(sent);
    take(sent.copy());

    assertThat(stored.getCommunication())
        .extracting(one -> one.getLanguage().getCodingFirstRep().getCode())
        .containsExactly("en", "bfi");
  }

  @Test
  void changesNothingOfHowAPersonIsReachedWhoIsSafeOnlyOneWay() {
    stored
        .addExtension()
        .setUrl("https://fingerpost.io/StructureDefinition/fingerpost-safe-contact");
    Patient sent = movedTo("9 High Street");
    sent.addTelecom().setValue("01632960999");
    sent.addName().setFamily("Fox").addGiven("Brian");

    take(sent, Detail.TELECOM);

    assertThat(stored.getAddress()).hasSize(1);
    assertThat(stored.getTelecom())
        .extracting(ContactPoint::getValue)
        .containsExactly("01632960123");
    assertThat(stored.getNameFirstRep().getFamily()).isEqualTo("Fox");
  }

  private static Patient movedTo(String street) {
    Patient sent = new Patient();
    sent.addAddress().addLine(street).setCity("Wexcombe").setPostalCode("WX1 2AB");
    return sent;
  }

  private void take(Patient sent, Detail... erased) {
    MessageTime said = MessageTime.at(Instant.parse("2026-03-03T10:15:00Z"));
    new PersonDetails(stored).take(new PersonChange(sent, Set.of(erased), said));
  }

  private static Patient stored() {
    Patient patient = new Patient();
    patient.addName().setFamily("Cox").addGiven("Brian");
    patient.setBirthDateElement(new DateType("1948-03-12"));
    patient.addTelecom().setValue("01632960123");
    patient.addAddress().addLine("2 Mill Lane").setCity("Wexcombe").setPostalCode("WX1 2AB");
    patient.addCommunication().getLanguage().addCoding().setCode("en");
    return patient;
  }
}
