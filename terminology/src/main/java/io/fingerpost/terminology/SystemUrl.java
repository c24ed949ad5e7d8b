package io.fingerpost.terminology;

/**
 * The URLs of the identifier and code systems that Fingerpost reads and writes, each under one
 * name.
 */
public enum SystemUrl {
  NHS_NUMBER("https://fhir.nhs.uk/Id/nhs-number"),
  /** An NHS number in whose place another is by now; what still comes under it finds the person. */
  SUPERSEDED_NHS_NUMBER("https://fingerpost.io/Id/superseded-nhs-number"),
  ODS_ORGANISATION("https://fhir.nhs.uk/Id/ods-organization-code"),
  ODS_SITE("https://fhir.nhs.uk/Id/ods-site-code"),
  SDS_USER("https://fhir.nhs.uk/Id/sds-user-id"),
  GMC_NUMBER("https://fhir.hl7.org.uk/Id/gmc-number"),
  NMC_NUMBER("https://fhir.hl7.org.uk/Id/nmc-number"),
  SNOMED_CT("http://snomed.info/sct"),
  ICD_10("http://hl7.org/fhir/sid/icd-10"),
  LANGUAGE("urn:ietf:bcp:47"),
  UNIFORM_RESOURCE("urn:ietf:rfc:3986"),
  CONSENT_SCOPE("http://terminology.hl7.org/CodeSystem/consentscope"),
  DATA_ABSENT_REASON("http://terminology.hl7.org/CodeSystem/data-absent-reason"),
  OBSERVATION_CATEGORY("http://terminology.hl7.org/CodeSystem/observation-category"),
  CONSENT_PROVISION_TYPE("http://hl7.org/fhir/consent-provision-type"),
  CONSENT_CATEGORY("https://fhir.nhs.uk/CodeSystem/consent-categories-bars"),
  V3_ACT_CODE("http://terminology.hl7.org/CodeSystem/v3-ActCode"),
  V3_ACT_REASON("http://terminology.hl7.org/CodeSystem/v3-ActReason"),
  V3_CONFIDENTIALITY("http://terminology.hl7.org/CodeSystem/v3-Confidentiality"),
  V3_ROLE_CODE("http://terminology.hl7.org/CodeSystem/v3-RoleCode"),
  V3_PARTICIPATION_TYPE("http://terminology.hl7.org/CodeSystem/v3-ParticipationType"),
  V2_CONSENT_STATUS("http://terminology.hl7.org/CodeSystem/v2-0498"),
  V2_IDENTIFIER_TYPE("http://terminology.hl7.org/CodeSystem/v2-0203"),
  PROVENANCE_PARTICIPANT_TYPE("http://terminology.hl7.org/CodeSystem/provenance-participant-type"),
  /** SDS job roles, R9815 the link worker among them; the same list goes by two URLs. */
  SDS_JOB_ROLE("https://fhir.nhs.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1"),
  SDS_JOB_ROLE_OF_HL7_UK("https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1"),
  /** Categories of BaRS's flags: RA is a reasonable adjustment. */
  FLAG_CATEGORY_BARS("https://fhir.nhs.uk/CodeSystem/flag-categories-bars"),
  /** England's categories of flags, whose code for a reasonable adjustment has been changed. */
  FLAG_CATEGORY_ENGLAND("https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient"),
  TASK_CODE("http://hl7.org/fhir/CodeSystem/task-code"),
  MESSAGE_EVENTS("https://fhir.nhs.uk/CodeSystem/message-events-bars"),
  MESSAGE_REASON("https://fhir.nhs.uk/CodeSystem/message-reason-bars"),
  MESSAGE_CATEGORY("https://fhir.nhs.uk/CodeSystem/message-category-servicerequest"),

  /** Identifier of a received message: the value is {@code <sender>/<message id>}. */
  MESSAGE_ID("https://fingerpost.io/Id/message"),
  /** Identifier of a client of the API: its id at the token endpoint. */
  CLIENT("https://fingerpost.io/Id/client"),
  /** Identifier a sender gave a referral, with the sender's ODS code as assigner. */
  REFERRAL_ID("https://fingerpost.io/Id/referral"),
  /**
   * Base of the identifier systems of landlords' own tenancy numbers: {@code <base>/<ODS code>}.
   */
  TENANCY("https://fingerpost.io/Id/tenancy"),
  /** Base of the identifier systems of senders' own patient ids: {@code <base>/<ODS code>}. */
  LOCAL_PATIENT_ID("https://fingerpost.io/Id/local-patient"),
  /** Base of the code systems that only their sender knows: {@code <base>/<ODS code>}. */
  LOCAL_CODE("https://fingerpost.io/CodeSystem/local"),
  /** What a person needs help with. */
  NEED("https://fingerpost.io/CodeSystem/need"),
  /** Who referred, where UK Core's value set has no SNOMED CT code for it. */
  REFERRAL_SOURCE("https://fingerpost.io/CodeSystem/referral-source"),
  /** Why a scheme did not take a referral on. */
  REJECTION_REASON("https://fingerpost.io/CodeSystem/rejection-reason"),
  /** How an episode of support ended. */
  CLOSING_REASON("https://fingerpost.io/CodeSystem/closing-reason"),
  /** Whether a person came to a session or an appointment. */
  ATTENDANCE("https://fingerpost.io/CodeSystem/attendance"),
  /** What a person needs to reach, enter, understand or use a service. */
  ACCESSIBILITY_NEED("https://fingerpost.io/CodeSystem/accessibility-need"),
  /** What an entry point or partner is: gp, hospital, adult-social-care, housing … */
  ORGANISATION_KIND("https://fingerpost.io/CodeSystem/organisation-kind"),
  /** Kinds of flag that no national code system has. */
  FLAG_CATEGORY("https://fingerpost.io/CodeSystem/flag-category"),
  /** Codes of refusals and failures, as they stand in OperationOutcomes and ERR segments. */
  REFUSAL("https://fingerpost.io/CodeSystem/refusal"),
  /** Reasons of a share decision. */
  SHARE_REASON("https://fingerpost.io/CodeSystem/share-reason"),
  /** By what right somebody decides for another person. */
  DECISION_CAPACITY("https://fingerpost.io/CodeSystem/decision-capacity"),
  /** Why consent was set aside: an emergency, safeguarding. */
  OVERRIDE_KIND("https://fingerpost.io/CodeSystem/override-kind"),
  /** Who a message is about, where that is for a person to decide. */
  MATCHING("https://fingerpost.io/CodeSystem/matching"),
  /** Identifier of a message that is held, on the Task that asks whom it is about. */
  HELD_MESSAGE("https://fingerpost.io/Id/held-message"),
  /** What an operator did with kept messages. */
  OPERATOR_ACT("https://fingerpost.io/CodeSystem/operator-act"),
  /** Identifier of an override, on what tells of it. */
  OVERRIDE_ID("https://fingerpost.io/Id/override"),
  /** What passes between a scheme, a person and their referrer. */
  COMMUNICATION_KIND("https://fingerpost.io/CodeSystem/communication-kind"),
  /** Where a referral stands: received, accepted, in-support … */
  REFERRAL_STATE("https://fingerpost.io/CodeSystem/referral-state"),
  /** Codes of the measures a scheme keeps (ONS4, SWEMWBS …). */
  MEASURE("https://fingerpost.io/CodeSystem/measure"),
  /** What an Observation is: need, strength, score … */
  OBSERVATION_KIND("https://fingerpost.io/CodeSystem/observation-kind"),
  /** The words a measure gives to a range of its scores. */
  MEASURE_BAND("https://fingerpost.io/CodeSystem/measure-band"),
  /** Identifier of what was made of a response: {@code <response id>/<question>[/<answer>]}. */
  EXTRACTED("https://fingerpost.io/Id/extracted");

  private final String url;

  SystemUrl(String url) {
    this.url = url;
  }

  public String url() {
    return url;
  }
}
