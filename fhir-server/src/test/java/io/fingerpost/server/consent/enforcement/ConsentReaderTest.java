package io.fingerpost.server.consent.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.server.consent.decision.ConsentDecisionEngine;
import io.fingerpost.server.consent.decision.ConsentRecord;
import io.fingerpost.server.consent.decision.Provision;
import io.fingerpost.server.consent.decision.Recipient;
import io.fingerpost.server.consent.decision.ResourceFacts;
import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareQuestion;
import io.fingerpost.server.consent.decision.ShareReason;
import io.fingerpost.terminology.SystemUrl;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConsentReaderTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final String LANDLORD = "Z9L01";
  private static final Map<String, String> ORGANISATIONS =
      Map.of("Organization/7", LANDLORD, "Organization/8", "Z9C01");
  private static final Extension UNKNOWN =
      new Extension("https://example.org/only-on-tuesdays", new StringType("yes"));

  private final ConsentReader reader =
      new ConsentReader(reference -> Optional.ofNullable(ORGANISATIONS.get(reference)));
  private final ConsentDecisionEngine engine = new ConsentDecisionEngine("Z9S01");

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
    Provision rule = reader.read(consent, null).provision();
    assertThat(rule).isNotNull().extracting(Provision::readable).isEqualTo(true);
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
    assertThat(reader.read(consent, "Z91001").implied())
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

  static Stream<Arguments> notUnderstood() {
    return Stream.of(
        nasty("modifier extension on the consent", c -> c.addModifierExtension(UNKNOWN)),
        nasty("implicit rules", c -> c.setImplicitRules("https://example.org/rules")),
        nasty("no status", c -> c.setStatus(null)),
        nasty("a scope that is not privacy", c -> c.getScope().getCodingFirstRep().setCode("adr")),
        nasty("no scope", c -> c.setScope(null)),
        nasty("unknown policy rule", c -> c.getPolicyRule().addCoding().setCode("ssa-827")),
        nastyRule("modifier extension on the rule", r -> r.addModifierExtension(UNKNOWN)),
        nastyRule("action", r -> r.addAction().setText("disclose")),
        nastyRule("code", r -> r.addCode().setText("discharge summary")),
        nastyRule("data period", r -> r.setDataPeriod(period("2026-01-01", "2026-12-31"))),
        nastyRule("purpose of another system", r -> r.addPurpose().setCode("TREAT")),
        nastyRule(
            "misspelt purpose",
            r -> r.addPurpose(new Coding(SystemUrl.V3_ACT_REASON.url(), "TREATT", null))),
        nastyRule("label of another system", r -> r.addSecurityLabel().setCode("N")),
        nastyRule("class without a code", r -> r.addClass_().setDisplay("Care plan")),
        nastyRule("class without a system", r -> r.addClass_().setCode("CarePlan")),
        nastyRule(
            "misspelt resource type",
            r -> r.addClass_(new Coding("http://hl7.org/fhir/resource-types", "Careplan", null))),
        nastyRule("related data", r -> addData(r, ConsentDataMeaning.RELATED, "CarePlan/7")),
        nastyRule("data of no stated meaning", r -> addData(r, null, "CarePlan/7")),
        nastyRule(
            "one version of a record",
            r -> addData(r, ConsentDataMeaning.INSTANCE, "CarePlan/7/_history/1")),
        nastyRule(
            "a record elsewhere",
            r -> addData(r, ConsentDataMeaning.INSTANCE, "https://example.org/CarePlan/7")),
        nastyRule("no record", r -> addData(r, ConsentDataMeaning.INSTANCE, "")),
        nastyRule("dates in the wrong order", r -> r.setPeriod(period("2026-12-31", "2026-01-01"))),
        nastyRule("end date not stated", r -> r.setPeriod(new Period().setEndElement(unstated()))),
        nastyRule(
            "an organisation unknown here", r -> addActor(r, new Reference("Organization/999"))),
        nastyRule(
            "an organisation elsewhere",
            r -> addActor(r, new Reference("https://example.org/Organization/7"))),
        nastyRule("a contained organisation", r -> addActor(r, new Reference("#org"))),
        nastyRule("a person as actor", r -> addActor(r, new Reference("Practitioner/7"))),
        nastyRule("an actor by name alone", r -> addActor(r, new Reference().setDisplay("Homes"))),
        nastyRule("an actor with nothing", r -> r.addActor()),
        nastyRule(
            "an ODS code in small letters",
            r -> addActor(r, identified(SystemUrl.ODS_ORGANISATION, "z9l01"))),
        nastyRule(
            "a kind in capitals",
            r -> addActor(r, identified(SystemUrl.ORGANISATION_KIND, "Housing"))),
        nastyRule(
            "reference and identifier of different organisations",
            r ->
                addActor(
                    r,
                    identified(SystemUrl.ODS_ORGANISATION, LANDLORD)
                        .setReference("Organization/8"))),
        nastyRule(
            "an actor who is no recipient",
            r ->
                addActor(r, new Reference("Organization/7"))
                    .getActorFirstRep()
                    .setRole(role("AUT"))),
        nastyRule(
            "one understood actor and one that is not",
            r -> {
              addActor(r, new Reference("Organization/8"));
              addActor(r, new Reference("Organization/999"));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notUnderstood")
  void doesNotPermitByAPermitNotFullyRead(String name, Consumer<Consent> change) {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    change.accept(consent);
    assertThat(decide(consent).permits()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notUnderstood")
  void deniesByADenyNotFullyReadWhateverElsePermits(String name, Consumer<Consent> change) {
    Consent consent = consent(ConsentProvisionType.DENY);
    change.accept(consent);
    assertThat(decide(List.of(consent, laterPermit()), AT))
        .isEqualTo(new ShareDecision(ShareReason.REFUSED, "Consent/1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notUnderstood")
  void permitsByNoExceptionToARuleNotFullyRead(String name, Consumer<Consent> change) {
    Consent consent = consent(ConsentProvisionType.DENY);
    consent.getProvision().addProvision(rule(ConsentProvisionType.PERMIT));
    change.accept(consent);
    assertThat(decide(consent).permits()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notUnderstood")
  void keepsTheRefusalsUnderAPermitNotFullyRead(String name, Consumer<Consent> change) {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    consent.getProvision().addProvision(rule(ConsentProvisionType.DENY));
    change.accept(consent);
    assertThat(decide(List.of(consent, laterPermit()), AT).reason()).isEqualTo(ShareReason.REFUSED);
  }

  private static Arguments nasty(String name, Consumer<Consent> change) {
    return Arguments.of(name, change);
  }

  private static Arguments nastyRule(String name, Consumer<ProvisionComponent> change) {
    Consumer<Consent> onRoot = consent -> change.accept(consent.getProvision());
    return Arguments.of(name, onRoot);
  }

  /** As specific as a permit can be, and later than the others. */
  private static Consent laterPermit() {
    Consent consent = permitTo(new Reference("Organization/7"));
    consent.setId("Consent/2");
    consent.setDateTimeElement(new DateTimeType("2026-02-10"));
    addData(consent.getProvision(), ConsentDataMeaning.INSTANCE, "CarePlan/7");
    consent.getProvision().addPurpose(ConsentTerms.TREAT.toCoding());
    return consent;
  }

  private static Consent permitTo(Reference recipient) {
    Consent consent = consent(ConsentProvisionType.PERMIT);
    addActor(consent.getProvision(), recipient);
    return consent;
  }

  private static Consent consent(ConsentProvisionType type) {
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

  private static ProvisionComponent rule(ConsentProvisionType type) {
    return new ProvisionComponent().setType(type);
  }

  private static ProvisionComponent addActor(ProvisionComponent rule, Reference who) {
    rule.addActor().setRole(ConsentTerms.IRCP.toConcept()).setReference(who);
    return rule;
  }

  private static void addData(
      ProvisionComponent rule, @Nullable ConsentDataMeaning meaning, String reference) {
    rule.addData().setMeaning(meaning).setReference(new Reference(reference));
  }

  private static Reference identified(SystemUrl system, String value) {
    return new Reference().setIdentifier(new Identifier().setSystem(system.url()).setValue(value));
  }

  private static CodeableConcept role(String code) {
    return new CodeableConcept(new Coding(SystemUrl.V3_PARTICIPATION_TYPE.url(), code, null));
  }

  private static Period period(String start, String end) {
    return new Period()
        .setStartElement(new DateTimeType(start))
        .setEndElement(new DateTimeType(end));
  }

  private static DateTimeType unstated() {
    DateTimeType date = new DateTimeType();
    date.addExtension(UNKNOWN);
    return date;
  }

  private ShareDecision decide(Consent consent) {
    return decide(consent, AT);
  }

  private ShareDecision decide(Consent consent, Instant at) {
    return decide(List.of(consent), at);
  }

  private ShareDecision decide(List<Consent> consents, Instant at) {
    ResourceFacts plan = new ResourceFacts("CarePlan", Set.of(), Set.of(), "Z9S01", "CarePlan/7");
    ShareQuestion question =
        new ShareQuestion("Patient/1", new Recipient(LANDLORD, "housing"), "TREAT", plan, at);
    return engine.decide(
        question, consents.stream().map(consent -> reader.read(consent, "Z91001")).toList());
  }
}
