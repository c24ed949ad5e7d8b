package io.fingerpost.server.consent.enforcement;

import static io.fingerpost.server.consent.enforcement.Consents.LANDLORD;
import static io.fingerpost.server.consent.enforcement.Consents.READER;
import static io.fingerpost.server.consent.enforcement.Consents.addData;
import static io.fingerpost.server.consent.enforcement.Consents.consent;
import static io.fingerpost.server.consent.enforcement.Consents.decide;
import static io.fingerpost.server.consent.enforcement.Consents.identified;
import static io.fingerpost.server.consent.enforcement.Consents.period;
import static io.fingerpost.server.consent.enforcement.Consents.permitTo;
import static io.fingerpost.server.consent.enforcement.Consents.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.decision.Provision;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareReason;
import io.fingerpost.terminology.SystemUrl;
import java.time.Instant;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsentReaderTest {

  @Test
  void readsAPermitThatNamesItsRecipientByReference() {
    assertThat(decide(permitTo(new Reference("Organization/7"))))
        .isEqualTo(new ShareDecision(ShareReason.PERMITTED, "Consent/1"));
  }

  @Test
  void readsAPermitThatNamesItsRecipientByOdsCode() {
    assertThat(decide(permitTo(identified(SystemUrl.ODS_ORGANISATION, LANDLORD))).reason())
        .isEqualTo(ShareReason.PERMITTED);
  }

  @Test
  void readsAPermitThatNamesItsRecipientByKind() {
    assertThat(decide(permitTo(identified(SystemUrl.ORGANISATION_KIND, "housing"))).reason())
        .isEqualTo(ShareReason.PERMITTED);
  }

  @Test
  void takesAnActorWithoutARoleForARecipient() {
    Consent consent = permitTo(new Reference("Organization/8"));
    consent.getProvision().getActorFirstRep().setRole(null);
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.NOT_COVERED);
  }

  @Test
  void readsEveryCriterion() {
    Consent consent = permitTo(new Reference("Organization/7"));
    consent
        .getProvision()
        .addPurpose(ConsentTerms.TREAT.toCoding())
        .addClass_(new Coding("http://hl7.org/fhir/resource-types", "CarePlan", null))
        .addSecurityLabel(ConsentTerms.N.toCoding())
        .setPeriod(period("2026-01-01", "2026-03-01"))
        .addData()
        .setMeaning(ConsentDataMeaning.INSTANCE)
        .setReference(new Reference("CarePlan/7"));
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.PERMITTED);
    Provision rule = READER.read(consent, null).provision();
    assertThat(rule).isNotNull().extracting(Provision::readable).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource({
    "DEPENDENTS, ServiceRequest/3, PERMITTED",
    "DEPENDENTS, CarePlan/7, PERMITTED",
    "DEPENDENTS, ServiceRequest/4, NOT_COVERED",
    "INSTANCE, ServiceRequest/3, NOT_COVERED",
    "AUTHOREDBY, Organization/8, NOT_COVERED",
    "RELATED, CarePlan/7, NOT_COVERED"
  })
  void readsWhichRecordsAreMeant(ConsentDataMeaning meaning, String record, ShareReason reason) {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    addData(consent.getProvision(), meaning, record);
    assertThat(decide(consent).reason()).isEqualTo(reason);
  }

  @Test
  void readsWhoHasToHaveWrittenIt() {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent
        .getProvision()
        .addData()
        .setMeaning(ConsentDataMeaning.AUTHOREDBY)
        .setReference(identified(SystemUrl.ODS_ORGANISATION, "Z9S01"));
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.PERMITTED);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01, 2026-02-14, PERMITTED",
    "2026-02-14, 2026-12-31, PERMITTED",
    "2026-01-01, 2026-02-13, NOT_COVERED",
    "2026-02-15, 2026-12-31, NOT_COVERED"
  })
  void readsOfWhatTimeContentHasToBe(String from, String until, ShareReason reason) {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent.getProvision().setDataPeriod(period(from, until));
    assertThat(decide(consent).reason()).isEqualTo(reason);
  }

  @Test
  void readsOnWhoseWordItStands() {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent.addPerformer(new Reference("RelatedPerson/9"));
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.NO_AUTHORITY);
  }

  @Test
  void readsExceptionsToAnyDepth() {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent
        .getProvision()
        .addProvision(rule(ConsentProvisionType.DENY))
        .getProvisionFirstRep()
        .addProvision(rule(ConsentProvisionType.PERMIT));
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.PERMITTED);
  }

  @Test
  void holdsAPermitUntilTheEndOfItsLastDayInLondon() {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent.getProvision().setPeriod(period("2026-01-01", "2026-06-30"));
    assertThat(decide(consent, Instant.parse("2026-06-30T22:59:59Z")).permits()).isTrue();
    assertThat(decide(consent, Instant.parse("2026-06-30T23:00:00Z")).reason())
        .isEqualTo(ShareReason.EXPIRED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ConsentState.class,
      names = {"ACTIVE"},
      mode = EnumSource.Mode.EXCLUDE)
  void permitsNothingInAnyOtherState(ConsentState state) {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent.setStatus(state);
    assertThat(decide(consent).permits()).isFalse();
  }

  @Test
  void readsABarsReferralsConsentAsImpliedByItsSender() {
    Consent consent =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(
                Consent.class,
                """
                {"resourceType": "Consent", "id": "1", "status": "active",
                 "scope": {"coding": [{"code": "patient-privacy",
                   "system": "http://terminology.hl7.org/CodeSystem/consentscope"}]},
                 "category": [{"coding": [{"code": "DRC",
                   "system": "https://fhir.nhs.uk/CodeSystem/consent-categories-bars"}]}],
                 "dateTime": "2021-11-26",
                 "policyRule": {"coding": [{"code": "IMPLIED",
                   "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode"}]}}
                """);
    assertThat(READER.read(consent, "Z91001").implied())
        .isEqualTo(new ConsentRecord.Implied("Z91001"));
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.NOT_COVERED);
  }

  @Test
  void readsAnOptOutAsARefusalOfEverythingWhateverItGoesOnToAllow() {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent.setPolicyRule(ConsentTerms.OPTOUTE.toConcept());
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.REFUSED);
  }

  @Test
  void readsARuleWithoutATypeAsADeny() {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent.getProvision().setType(null).addPurpose(ConsentTerms.TREAT.toCoding());
    assertThat(decide(consent).reason()).isEqualTo(ShareReason.REFUSED);
  }

  @Test
  void permitsNothingByAConsentWithoutAnyContent() {
    assertThat(decide(new Consent()).permits()).isFalse();
  }
}
