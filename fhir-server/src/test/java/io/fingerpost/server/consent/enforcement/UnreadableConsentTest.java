package io.fingerpost.server.consent.enforcement;

import static io.fingerpost.server.consent.enforcement.Consents.AT;
import static io.fingerpost.server.consent.enforcement.Consents.LANDLORD;
import static io.fingerpost.server.consent.enforcement.Consents.UNKNOWN;
import static io.fingerpost.server.consent.enforcement.Consents.addActor;
import static io.fingerpost.server.consent.enforcement.Consents.addData;
import static io.fingerpost.server.consent.enforcement.Consents.consent;
import static io.fingerpost.server.consent.enforcement.Consents.decide;
import static io.fingerpost.server.consent.enforcement.Consents.identified;
import static io.fingerpost.server.consent.enforcement.Consents.laterPermit;
import static io.fingerpost.server.consent.enforcement.Consents.period;
import static io.fingerpost.server.consent.enforcement.Consents.role;
import static io.fingerpost.server.consent.enforcement.Consents.rule;
import static io.fingerpost.server.consent.enforcement.Consents.unstated;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.consent.decision.ShareDecision;
import io.fingerpost.server.consent.decision.ShareReason;
import io.fingerpost.terminology.SystemUrl;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableConsentTest {

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
        nastyRule(
            "data of dates in the wrong order",
            r -> r.setDataPeriod(period("2026-12-31", "2026-01-01"))),
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
        nastyRule(
            "data by an author unknown here",
            r -> addData(r, ConsentDataMeaning.AUTHOREDBY, "Organization/999")),
        nastyRule(
            "data by a person as author",
            r -> addData(r, ConsentDataMeaning.AUTHOREDBY, "Practitioner/7")),
        nastyRule(
            "what belongs to a record elsewhere",
            r -> addData(r, ConsentDataMeaning.DEPENDENTS, "https://example.org/ServiceRequest/3")),
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
}
