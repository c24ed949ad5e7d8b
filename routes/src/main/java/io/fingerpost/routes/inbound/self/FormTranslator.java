package io.fingerpost.routes.inbound.self;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.NewRequest;
import io.fingerpost.routes.inbound.ReasonableAdjustment;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.SafeContact;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.KeptMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * Turns a form that was filled in into a referral. The answers are kept with it as they were given,
 * so that {@code $extract} can make needs of them once the person is known.
 */
public final class FormTranslator implements Translator {

  static final String CHANNEL = "referral-form";

  private final PartnerRegistry partners;
  private final FormContent content = new FormContent();

  public FormTranslator(PartnerRegistry partners) {
    this.partners = partners;
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public Referral translate(KeptMessage message) {
    FormContent.Read read = content.read(message.body(), message.receivedAt());
    if (!read.faults().isEmpty()) {
      throw FormContent.refused(read.faults());
    }
    Answers answers = read.answers();
    String sender = message.sender();
    String authored = read.response().getAuthoredElement().getValueAsString();
    Referrer referrer = new Referrer(answers);
    return new Referral(
        FormPerson.of(answers, sender, formId(message)),
        organisation(sender),
        referrer.practitioner(),
        request(answers, referrer, message, authored),
        FormConsent.of(answers, authored, sender, new OdsCode(partners.scheme().organisation())),
        supporting(read, new OdsCode(sender)));
  }

  /** A name without signs that mean something in a search. */
  private static String formId(KeptMessage message) {
    String name = message.sender() + "/" + message.messageId();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static ServiceRequest request(
      Answers answers, Referrer referrer, KeptMessage message, String authored) {
    ServiceRequest request =
        NewRequest.of(message.sender(), formId(message), authored, referrer.source());
    for (Coding need : answers.codings("needs")) {
      request.addReasonCode().addCoding().setSystem(need.getSystem()).setCode(need.getCode());
    }
    answers.text("why").ifPresent(why -> request.addReasonCode(new CodeableConcept().setText(why)));
    FormPerson.safeContact(answers)
        .map(SafeContact::note)
        .ifPresent(note -> request.addNote().setText(note));
    if (!referrer.note().isEmpty()) {
      request.addNote().setText(referrer.note());
    }
    if (answers.has("nhs-number")) {
      request.addNote().setText("The NHS number was typed into a form. Ask who it is first.");
    }
    return request;
  }

  private static List<DomainResource> supporting(FormContent.Read read, OdsCode sender) {
    List<DomainResource> supporting = new ArrayList<>();
    supporting.add(response(read.response()));
    for (Coding need : read.answers().codings("arrange")) {
      String words =
          need.getCode().equals("other") ? read.answers().textOrNull("arrange-more") : null;
      supporting.add(ReasonableAdjustment.of(need.getCode(), words, sender));
    }
    return supporting;
  }

  /** As it was given, without what belongs to the sender's copy of it. */
  private static QuestionnaireResponse response(QuestionnaireResponse sent) {
    QuestionnaireResponse response = new QuestionnaireResponse();
    response.setIdentifier(sent.getIdentifier().copy());
    response.setQuestionnaire(sent.getQuestionnaire());
    response.setStatus(sent.getStatus());
    response.setAuthoredElement(sent.getAuthoredElement().copy());
    sent.getItem().forEach(item -> response.addItem(item.copy()));
    return response;
  }

  private Organization organisation(String ods) {
    Organization organisation = new Organization();
    organisation.addIdentifier(new OdsCode(ods).toIdentifier());
    partners.ofOrganisation(ods).map(Partner::name).ifPresent(organisation::setName);
    return organisation;
  }
}
