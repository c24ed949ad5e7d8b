package io.fingerpost.profiles.consent;

import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** The codes that a consent and a question about it are written in, each in its own system. */
public enum ConsentTerms {
  /** Scope of every consent here: who may know what. */
  PATIENT_PRIVACY(SystemUrl.CONSENT_SCOPE, "patient-privacy"),
  /** BaRS category: direct care. */
  DRC(SystemUrl.CONSENT_CATEGORY, "DRC"),
  /** Category of the other consents: disclosure of information. */
  INFA(SystemUrl.V3_ACT_CODE, "INFA"),

  /** Category of what a professional decided for a person who cannot decide it. */
  BEST_INTERESTS(SystemUrl.DECISION_CAPACITY, "best-interests"),

  /** By what right a related person decides; among the relationships of a RelatedPerson. */
  ATTORNEY(SystemUrl.DECISION_CAPACITY, "attorney"),
  /** HL7's own word for an attorney for health. */
  HPOWATT(SystemUrl.V3_ROLE_CODE, "HPOWATT"),
  DEPUTY(SystemUrl.DECISION_CAPACITY, "deputy"),
  PARENTAL_RESPONSIBILITY(SystemUrl.DECISION_CAPACITY, "parental-responsibility"),
  NATIONAL_PROXY(SystemUrl.DECISION_CAPACITY, "national-proxy"),

  /** Policy rule of a consent nobody asked for in so many words, as BaRS referrals carry. */
  IMPLIED(SystemUrl.V3_ACT_CODE, "IMPLIED"),
  OPTIN(SystemUrl.V3_ACT_CODE, "OPTIN"),
  OPTINR(SystemUrl.V3_ACT_CODE, "OPTINR"),
  OPTOUT(SystemUrl.V3_ACT_CODE, "OPTOUT"),
  OPTOUTE(SystemUrl.V3_ACT_CODE, "OPTOUTE"),
  NOCONSENT(SystemUrl.V3_ACT_CODE, "NOCONSENT"),

  /** Role of the actor who may, or may not, receive. */
  IRCP(SystemUrl.V3_PARTICIPATION_TYPE, "IRCP"),

  /** Purpose of a question that states none. */
  TREAT(SystemUrl.V3_ACT_REASON, "TREAT"),
  CAREMGT(SystemUrl.V3_ACT_REASON, "CAREMGT"),
  COC(SystemUrl.V3_ACT_REASON, "COC"),
  ETREAT(SystemUrl.V3_ACT_REASON, "ETREAT"),
  /** Break the glass: what an emergency override is asked for. */
  BTG(SystemUrl.V3_ACT_REASON, "BTG"),
  HOPERAT(SystemUrl.V3_ACT_REASON, "HOPERAT"),
  PATADMIN(SystemUrl.V3_ACT_REASON, "PATADMIN"),
  PATRQT(SystemUrl.V3_ACT_REASON, "PATRQT"),
  HQUALIMP(SystemUrl.V3_ACT_REASON, "HQUALIMP"),
  HOUTCOMS(SystemUrl.V3_ACT_REASON, "HOUTCOMS"),
  HRESCH(SystemUrl.V3_ACT_REASON, "HRESCH"),
  PUBHLTH(SystemUrl.V3_ACT_REASON, "PUBHLTH"),

  /** Normal: content without a label counts as this. */
  N(SystemUrl.V3_CONFIDENTIALITY, "N"),
  R(SystemUrl.V3_CONFIDENTIALITY, "R"),
  V(SystemUrl.V3_CONFIDENTIALITY, "V"),
  /** Sexual assault, abuse or domestic violence. */
  SDV(SystemUrl.V3_ACT_CODE, "SDV");

  private final SystemUrl system;
  private final String code;

  ConsentTerms(SystemUrl system, String code) {
    this.system = system;
    this.code = code;
  }

  public String code() {
    return code;
  }

  public Coding toCoding() {
    return new Coding().setSystem(system.url()).setCode(code);
  }

  public CodeableConcept toConcept() {
    return new CodeableConcept(toCoding());
  }

  public boolean is(Coding coding) {
    return system.url().equals(coding.getSystem()) && code.equals(coding.getCode());
  }

  public boolean isIn(CodeableConcept concept) {
    return concept.getCoding().stream().anyMatch(this::is);
  }
}
