package io.fingerpost.terminology;

/**
 * The ConceptMaps of this model; each is {@code conceptmaps/ConceptMap-<id>.json}. What they say,
 * row by row, is in {@code docs/codes.md}.
 */
public enum CodeMap {
  /** HL7 v2 table 0001, and the NHS Data Dictionary's person gender codes, to FHIR gender. */
  SEX("hl7v2-sex"),
  /** HL7 v2 table 0280 to FHIR request priority. */
  REFERRAL_PRIORITY("hl7v2-referral-priority"),
  /** HL7 v2 table 0281: none of it means anything to a scheme. */
  REFERRAL_TYPE("hl7v2-referral-type"),
  /** HL7 v2 table 0283 to the status of a ServiceRequest. */
  REFERRAL_STATUS("hl7v2-referral-status"),
  /** PID-32 as the NHS uses it, and UK Core's other lists, to UK Core's codes for England. */
  NHS_NUMBER_STATUS("nhs-number-verification-status"),
  /** UK Core's retired ethnic categories, and England's own, to England's. */
  ETHNIC_CATEGORY("ethnic-category"),
  /** UK Core's retired codes of languages to BCP 47. */
  LANGUAGE("human-language"),
  /** HL7 v2 table 0498 to the state of a Consent. */
  CONSENT_STATUS("hl7v2-consent-status"),
  /** Gender in the councils' Client Level Data, or in FHIR's words, to FHIR gender. */
  COUNCIL_GENDER("council-gender"),
  /** A council's primary support reason to need. */
  COUNCIL_SUPPORT_REASON("council-support-reason"),
  /** Need in a council's file to need. */
  COUNCIL_NEED("council-need"),
  /** Accessibility in a council's file to accessibility need. */
  COUNCIL_ACCESSIBILITY("council-accessibility"),
  /** Priority in a council's file to FHIR request priority. */
  COUNCIL_PRIORITY("council-priority"),
  /** Gender in a landlord's CORE lettings data to FHIR gender. */
  HOUSING_GENDER("housing-gender"),
  /** Access needs in a landlord's CORE lettings data to accessibility need. */
  HOUSING_ACCESS_NEED("housing-access-need"),
  /** What an illness affects, in a landlord's CORE lettings data: none of it names a need. */
  HOUSING_CONDITION_EFFECT("housing-condition-effect"),
  /** Why the last home was left, in a landlord's CORE lettings data, to need. */
  HOUSING_REASON("housing-reason"),
  /** Need to the categories of the Gravity Project. */
  NEED_TO_GRAVITY("need-to-gravity"),
  /** Rejection reason to what GP systems know from BaRS. */
  REJECTION_TO_BARS("rejection-reason-to-bars"),
  /** Attendance to the business status of BSeR. */
  ATTENDANCE_TO_BSER("attendance-to-bser"),
  /** Attendance to the status of an Appointment. */
  ATTENDANCE_TO_APPOINTMENT("attendance-to-appointment"),
  /** Attendance to the status of an Encounter. */
  ATTENDANCE_TO_ENCOUNTER("attendance-to-encounter");

  private final String id;

  CodeMap(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
