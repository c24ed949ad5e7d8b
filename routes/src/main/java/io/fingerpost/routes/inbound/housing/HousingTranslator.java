package io.fingerpost.routes.inbound.housing;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.inbound.housing.HousingReferral.Officer;
import io.fingerpost.routes.inbound.housing.HousingReferral.Telephone;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a landlord's JSON into a referral. What becomes of each member stands in {@code
 * docs/housing-referral.md}.
 */
@Component
public final class HousingTranslator implements Translator {

  static final String CHANNEL = "housing-json";

  private final PartnerRegistry partners;
  private final CodeTranslator codes;
  private final HousingContent content = new HousingContent();

  public HousingTranslator(PartnerRegistry partners, CodeTranslator codes) {
    this.partners = partners;
    this.codes = codes;
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public Referral translate(KeptMessage message) {
    HousingReferral sent = content.read(message.body(), message.receivedAt());
    String sender = message.sender();
    CoreLettings core = new CoreLettings(codes, sender);
    OdsCode scheme = new OdsCode(partners.scheme().organisation());
    return new Referral(
        new TenantMapper(core, sender).toPatient(sent.person()),
        organisation(sender),
        practitioner(sent.officer()),
        new RequestMapper(core, sender).toServiceRequest(sent),
        new DecisionMapper(scheme, sender).toConsent(sent.consent()),
        new CircumstancesMapper(core, new OdsCode(sender)).toSupporting(sent));
  }

  private Organization organisation(String ods) {
    Organization organisation = new Organization();
    organisation.addIdentifier(new OdsCode(ods).toIdentifier());
    partners.ofOrganisation(ods).map(Partner::name).ifPresent(organisation::setName);
    return organisation;
  }

  private static @Nullable Practitioner practitioner(@Nullable Officer officer) {
    if (officer == null) {
      return null;
    }
    Practitioner practitioner = new Practitioner();
    practitioner.addName(new HumanName().setText(officer.name()));
    if (officer.telephone() != null) {
      practitioner.addTelecom(TenantMapper.telephone(new Telephone(officer.telephone(), "work")));
    }
    if (officer.email() != null) {
      practitioner.addTelecom(TenantMapper.email(officer.email()));
    }
    return practitioner;
  }
}
