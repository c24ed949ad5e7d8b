package io.fingerpost.terminology;

/**
 * The URLs of the identifier and code systems that Fingerpost reads and writes, each under one
 * name.
 */
public enum SystemUrl {
  NHS_NUMBER("https://fhir.nhs.uk/Id/nhs-number"),
  ODS_ORGANISATION("https://fhir.nhs.uk/Id/ods-organization-code"),
  SDS_USER("https://fhir.nhs.uk/Id/sds-user-id"),
  GMC_NUMBER("https://fhir.hl7.org.uk/Id/gmc-number"),
  NMC_NUMBER("https://fhir.hl7.org.uk/Id/nmc-number"),
  SNOMED_CT("http://snomed.info/sct"),
  ICD_10("http://hl7.org/fhir/sid/icd-10"),
  LANGUAGE("urn:ietf:bcp:47"),
  UNIFORM_RESOURCE("urn:ietf:rfc:3986"),
  CONSENT_SCOPE("http://terminology.hl7.org/CodeSystem/consentscope"),
  CONSENT_CATEGORY("https://fhir.nhs.uk/CodeSystem/consent-categories-bars"),
  V3_ACT_CODE("http://terminology.hl7.org/CodeSystem/v3-ActCode"),
  V3_ACT_REASON("http://terminology.hl7.org/CodeSystem/v3-ActReason"),
  V3_CONFIDENTIALITY("http://terminology.hl7.org/CodeSystem/v3-Confidentiality"),
  V3_PARTICIPATION_TYPE("http://terminology.hl7.org/CodeSystem/v3-ParticipationType"),
  V2_CONSENT_STATUS("http://terminology.hl7.org/CodeSystem/v2-0498"),
  V2_IDENTIFIER_TYPE("http://terminology.hl7.org/CodeSystem/v2-0203"),
  PROVENANCE_PARTICIPANT_TYPE("http://terminology.hl7.org/CodeSystem/provenance-participant-type"),
  TASK_CODE("http://hl7.org/fhir/CodeSystem/task-code"),
  MESSAGE_EVENTS("https://fhir.nhs.uk/CodeSystem/message-events-bars"),
  MESSAGE_REASON("https://fhir.nhs.uk/CodeSystem/message-reason-bars"),
  MESSAGE_CATEGORY("https://fhir.nhs.uk/CodeSystem/message-category-servicerequest"),

  /** Identifier of a received message: the value is {@code <sender>/<message id>}. */
  MESSAGE_ID("https://fingerpost.io/Id/message"),
  /** Identifier a sender gave a referral, with the sender's ODS code as assigner. */
  REFERRAL_ID("https://fingerpost.io/Id/referral"),
  /** Base of the identifier systems of senders' own patient ids: {@code <base>/<ODS code>}. */
  LOCAL_PATIENT_ID("https://fingerpost.io/Id/local-patient"),
  /** Base of the code systems that only their sender knows: {@code <base>/<ODS code>}. */
  LOCAL_CODE("https://fingerpost.io/CodeSystem/local"),
  /** What an entry point or partner is: gp, hospital, adult-social-care, housing … */
  ORGANISATION_KIND("https://fingerpost.io/CodeSystem/organisation-kind"),
  /** Codes of refusals and failures, as they stand in OperationOutcomes and ERR segments. */
  REFUSAL("https://fingerpost.io/CodeSystem/refusal"),
  /** Reasons of a share decision. */
  SHARE_REASON("https://fingerpost.io/CodeSystem/share-reason"),
  /** Where a referral stands: received, accepted, in-support … */
  REFERRAL_STATE("https://fingerpost.io/CodeSystem/referral-state"),
  /** Codes of the measures a scheme keeps (ONS4, SWEMWBS …). */
  MEASURE("https://fingerpost.io/CodeSystem/measure");

  private final String url;

  SystemUrl(String url) {
    this.url = url;
  }

  public String url() {
    return url;
  }
}
