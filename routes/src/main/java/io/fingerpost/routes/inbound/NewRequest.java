package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** What every request for social prescribing has alike, whoever sends it in whatever form. */
public final class NewRequest {

  private static final String SOURCE =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-SourceOfServiceRequest";
  private static final Coding SOCIAL_PRESCRIBING =
      new Coding(
          SystemUrl.SNOMED_CT.url(), "871731000000106", "Referral to social prescribing service");

  private NewRequest() {}

  /**
   * @param sender ODS code of who sends it
   * @param reference the sender's own number of the referral
   * @param source who refers, as a kind
   */
  public static ServiceRequest of(
      String sender, String reference, String authoredOn, CodeableConcept source) {
    ServiceRequest request = new ServiceRequest();
    request.addExtension(SOURCE, source);
    request.addIdentifier(identifier(SystemUrl.REFERRAL_ID.url(), reference, sender));
    request.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
    request
        .addCategory()
        .addCoding()
        .setSystem(SystemUrl.MESSAGE_CATEGORY.url())
        .setCode("referral");
    request.setCode(new CodeableConcept().addCoding(SOCIAL_PRESCRIBING.copy()));
    request.setAuthoredOnElement(new DateTimeType(authoredOn));
    return request;
  }

  /** A number that the sender gave. */
  public static Identifier identifier(String system, String value, String sender) {
    return new Identifier()
        .setSystem(system)
        .setValue(value)
        .setAssigner(new Reference().setIdentifier(new OdsCode(sender).toIdentifier()));
  }
}
