package io.fingerpost.server.consent.enforcement;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.server.consent.decision.ConsentDecisionEngine;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.decision.ResourceFacts;
import io.fingerpost.server.consent.decision.ResourceFacts.Origin;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareQuestion;
import io.fingerpost.terminology.SystemUrl;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Consents to read and a landlord's question to put to them, shared by the tests of the reader. */
final class Consents {
  static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  static final String LANDLORD = "Z9L01";
  static final ConsentReader READER =
      new ConsentReader(
          reference ->
              Optional.ofNullable(
                  Map.of("Organization/7", LANDLORD, "Organization/8", "Z9C01").get(reference)),
          nobody -> Optional.empty());

  static final Extension UNKNOWN =
      new Extension("https://example.org/only-on-tuesdays", new StringType("yes"));

  private Consents() {}

  /** As specific as a permit can be, and later than the others. */
  static Consent laterPermit() {
    Consent consent = permitTo(new Reference("Organization/7"));
    consent.setId("Consent/2");
    consent.setDateTimeElement(new DateTimeType("2026-02-10"));
    addData(consent.getProvision(), ConsentDataMeaning.INSTANCE, "CarePlan/7");
    consent.getProvision().addPurpose(ConsentTerms.TREAT.toCoding());
    return consent;
  }

  static Consent permitTo(Reference recipient) {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    addActor(consent.getProvision(), recipient);
    return consent;
  }

  static Consent consent(ConsentProvisionType type) {
    Consent consent = new Consent();
    consent.setId("Consent/1/_history/3");
    consent
        .setStatus(ConsentState.ACTIVE)
        .setScope(ConsentTerms.PATIENT_PRIVACY.toConcept())
        .setPolicyRule(ConsentTerms.OPTIN.toConcept())
        .setDateTimeElement(new DateTimeType("2026-01-10"))
        .setProvision(rule(type));
    return consent;
  }

  static ProvisionComponent rule(ConsentProvisionType type) {
    return new ProvisionComponent().setType(type);
  }

  static ProvisionComponent addActor(ProvisionComponent rule, Reference who) {
    rule.addActor().setRole(ConsentTerms.IRCP.toConcept()).setReference(who);
    return rule;
  }

  static void addData(
      ProvisionComponent rule, @Nullable ConsentDataMeaning meaning, String reference) {
    rule.addData().setMeaning(meaning).setReference(new Reference(reference));
  }

  static Reference identified(SystemUrl system, String value) {
    return new Reference().setIdentifier(new Identifier().setSystem(system.url()).setValue(value));
  }

  static CodeableConcept role(String code) {
    return new CodeableConcept(new Coding(SystemUrl.V3_PARTICIPATION_TYPE.url(), code, null));
  }

  static Period period(String start, String end) {
    return new Period()
        .setStartElement(new DateTimeType(start))
        .setEndElement(new DateTimeType(end));
  }

  static DateTimeType unstated() {
    DateTimeType date = new DateTimeType();
    date.addExtension(UNKNOWN);
    return date;
  }

  static ShareDecision decide(Consent consent) {
    return decide(consent, AT);
  }

  static ShareDecision decide(Consent consent, Instant at) {
    return decide(List.of(consent), at);
  }

  static ShareDecision decide(List<Consent> consents, Instant at) {
    ResourceFacts plan =
        new ResourceFacts(
            "CarePlan",
            Set.of(),
            Set.of(),
            new Origin("Z9S01", FhirTime.spanOf(new DateTimeType("2026-02-14")).orElseThrow()),
            "CarePlan/7",
            Set.of("Patient/1", "ServiceRequest/3"));
    ShareQuestion question =
        new ShareQuestion("Patient/1", new Recipient(LANDLORD, "housing"), "TREAT", plan, at, null);
    return new ConsentDecisionEngine("Z9S01")
        .decide(
            question, consents.stream().map(consent -> READER.read(consent, "Z91001")).toList());
  }
}
