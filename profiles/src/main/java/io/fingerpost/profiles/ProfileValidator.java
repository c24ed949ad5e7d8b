package io.fingerpost.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.validation.ValidationMessage;

/**
 * Holds resources to our profiles, whether they claim them or not, and says what is wrong without
 * repeating what they say. Make one and share it: any number of threads may use it at once.
 */
public final class ProfileValidator {
  /** One of each profile, and a faulty one, so that the words for faults are at hand too. */
  private static final List<String> TO_WARM =
      List.of(
          "valid/Patient-known-to-the-gp",
          "valid/ServiceRequest-from-a-gp",
          "valid/Task-just-requested",
          "valid/Consent-with-an-exception-for-the-landlord",
          "valid/CarePlan-agreed-with-a-link-worker",
          "valid/Observation-of-a-wellbeing-score",
          "valid/Practitioner-a-gp-who-refers",
          "valid/PractitionerRole-of-a-gp-who-refers",
          "valid/LinkWorkerRole-at-the-scheme",
          "valid/RelatedPerson-a-daughter-who-cares",
          "valid/Organization-a-gp-surgery",
          "valid/Location-a-hall-on-the-map",
          "valid/HealthcareService-a-lunch-club",
          "valid/CareTeam-with-a-link-worker-and-a-daughter",
          "valid/Flag-of-another-kind",
          "valid/AdjustmentFlag-a-bsl-interpreter",
          "valid/RiskFlag-a-dog",
          "valid/OnwardServiceRequest-to-a-walking-group",
          "valid/Goal-in-her-own-words",
          "valid/EpisodeOfCare-ended-with-a-way-back",
          "valid/Appointment-first-conversation",
          "valid/Encounter-a-session-attended",
          "valid/Communication-a-check-in",
          "valid/Provenance-of-a-referral-by-message",
          "valid/AuditEvent-of-a-refusal",
          "valid/MessageBundle-that-tells-of-a-rejection",
          "valid/NeedObservation-of-company",
          "valid/StrengthObservation-what-the-person-enjoys",
          "valid/ScoreObservation-of-anxiety-with-its-band",
          "valid/SatisfactionObservation-at-the-end-of-support",
          "valid/ServiceUseObservation-of-the-gp-practice",
          "valid/Questionnaire-of-the-schemes-own",
          "valid/QuestionnaireResponse-of-what-matters",
          "invalid/Patient-without-name");

  private final FhirContext context;
  private final ValidationSupportChain known;
  private final WorkerContextValidationSupportAdapter definitions;
  private final FaultTranslator translator;
  private final Queue<InstanceCheck> idle = new ConcurrentLinkedQueue<>();

  public ProfileValidator(FhirContext context) {
    this(context, Optional.empty());
  }

  /**
   * @param elsewhere whom to ask about codes that are not at hand
   */
  public ProfileValidator(FhirContext context, Optional<CodesElsewhere> elsewhere) {
    this.context = context;
    this.known =
        new ValidationSupportChain(
            new Definitions(context),
            new StandardDefinitions(context),
            new InMemoryTerminologyServerValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context));
    elsewhere.ifPresent(someone -> known.addValidationSupport(someone.support()));
    this.definitions =
        WorkerContextValidationSupportAdapter.newVersionSpecificWorkerContextWrapper(
            new ValidationSupportChain(
                known,
                new SnapshotGeneratingValidationSupport(context),
                new UncheckableCodes(context)));
    this.translator = new FaultTranslator(definitions);
  }

  /** Our definitions and FHIR's own, for those who answer questions about codes. */
  public IValidationSupport known() {
    return known;
  }

  /**
   * Every error in a resource, or in each resource of a Bundle; empty when there is none. Check a
   * Bundle whole: each call has a cost of its own, and references between entries can then be
   * followed.
   */
  public List<Fault> faults(IBaseResource resource) {
    return faultsInJson(context.newJsonParser().encodeResourceToString(resource));
  }

  /** As {@link #faults}, of a text as it was received: it sees what a parser would pass over. */
  public List<Fault> faultsInJson(String json) {
    return translator.toFaults(messages(json.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Does the work that the first call would otherwise wait for: some seconds. Call it at start, off
   * the path to readiness.
   */
  public void warm() {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    for (String example : TO_WARM) {
      InputStream file = getClass().getResourceAsStream("/examples/" + example + ".json");
      bundle.addEntry().setResource((Resource) context.newJsonParser().parseResource(file));
    }
    faults(bundle);
  }

  private List<ValidationMessage> messages(byte[] json) {
    InstanceCheck waiting = idle.poll();
    InstanceCheck check = waiting == null ? new InstanceCheck(definitions) : waiting;
    List<ValidationMessage> messages;
    try {
      messages = check.messages(json);
    } catch (RuntimeException e) {
      throw new ValidatorBroken(e);
    }
    // Not in a finally: one that threw may hold half a state, and is not used again.
    if (!check.isWorn()) {
      idle.add(check);
    }
    return messages;
  }
}
