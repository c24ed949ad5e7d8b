package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.CodeTranslator;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a row of a council's file into a referral. How the council writes dates and codes is in its
 * entry of the registry.
 */
@Component
public final class CouncilTranslator implements Translator {

  static final String CHANNEL = "council-csv";

  private final PartnerRegistry partners;
  private final CodeTranslator codes;
  private final OdsCode scheme;

  public CouncilTranslator(PartnerRegistry partners, CodeTranslator codes) {
    this.partners = partners;
    this.codes = codes;
    this.scheme = new OdsCode(partners.scheme().organisation());
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public Referral translate(KeptMessage message) {
    CouncilRow row = CouncilRow.of(message.body());
    FileSettings files = partners.filesOf(message.sender());
    RowDates dates = new RowDates(files.dateFormat(), message);
    CouncilCodes tables = new CouncilCodes(codes, files, message.sender());
    Patient patient = new PersonColumns(tables, dates).toPatient(row, message.sender());
    ServiceRequest request =
        new RequestColumns(tables, dates).toServiceRequest(row, message.sender());
    Consent consent = new ConsentColumns(dates, scheme).toConsent(row, message.sender());
    List<DomainResource> supporting =
        new SupportColumns(tables, dates).flags(row, message.sender());
    label(row, Stream.concat(Stream.of(patient, request), supporting.stream()).toList());
    return new Referral(
        patient, organisation(message.sender()), referrer(row), request, consent, supporting);
  }

  /**
   * A restricted record is for those alone whose consent names the label, and so is everything that
   * came with it.
   */
  private static void label(CouncilRow row, List<DomainResource> all) {
    boolean abuse = row.yesOrNo(Field.DOMESTIC_ABUSE).orElse(false);
    boolean restricted = row.yesOrNo(Field.RESTRICTED).orElse(false) || abuse;
    for (DomainResource resource : all) {
      if (restricted && resource.getMeta().getSecurity().stream().noneMatch(ConsentTerms.R::is)) {
        resource.getMeta().addSecurity(ConsentTerms.R.toCoding());
      }
      if (abuse) {
        resource.getMeta().addSecurity(ConsentTerms.SDV.toCoding());
      }
    }
  }

  private static @Nullable Practitioner referrer(CouncilRow row) {
    Practitioner referrer = new Practitioner();
    row.text(Field.REFERRER_NAME).ifPresent(name -> referrer.addName().setText(name));
    if (referrer.isEmpty()) {
      return null;
    }
    row.text(Field.REFERRER_PHONE)
        .ifPresent(
            number ->
                referrer
                    .addTelecom()
                    .setSystem(ContactPointSystem.PHONE)
                    .setValue(number)
                    .setUse(ContactPointUse.WORK));
    row.text(Field.REFERRER_EMAIL)
        .ifPresent(
            address ->
                referrer
                    .addTelecom()
                    .setSystem(ContactPointSystem.EMAIL)
                    .setValue(address)
                    .setUse(ContactPointUse.WORK));
    return referrer;
  }

  private Organization organisation(String ods) {
    Organization organisation = new Organization();
    organisation.addIdentifier(new OdsCode(ods).toIdentifier());
    partners.ofOrganisation(ods).map(Partner::name).ifPresent(organisation::setName);
    return organisation;
  }
}
