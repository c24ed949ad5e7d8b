package io.fingerpost.terminology;

/** The ConceptMaps of this model; each is {@code conceptmaps/ConceptMap-<id>.json}. */
public enum CodeMap {
  /** HL7 v2 table 0001, and the NHS Data Dictionary's person gender codes, to FHIR gender. */
  SEX("hl7v2-sex"),
  /** HL7 v2 table 0280 to FHIR request priority. */
  REFERRAL_PRIORITY("hl7v2-referral-priority"),
  /** HL7 v2 table 0283 to the status of a ServiceRequest. */
  REFERRAL_STATUS("hl7v2-referral-status"),
  /** PID-32 as the NHS uses it, and UK Core's retired words, to UK Core's codes for England. */
  NHS_NUMBER_STATUS("nhs-number-verification-status"),
  /** UK Core's retired codes of languages to BCP 47. */
  LANGUAGE("human-language"),
  /** HL7 v2 table 0498 to the state of a Consent. */
  CONSENT_STATUS("hl7v2-consent-status");

  private final String id;

  CodeMap(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
