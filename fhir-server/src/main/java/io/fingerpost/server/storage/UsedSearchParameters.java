package io.fingerpost.server.storage;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * The search parameters somebody uses. Each one costs rows with every write: FHIR's whole set
 * doubled the statements and the log of a referral, so what nobody searches by is not indexed.
 */
final class UsedSearchParameters implements ISearchParamProvider {

  private static final Map<String, Set<String>> USED =
      Map.ofEntries(
          Map.entry("Resource", Set.of("_id", "_lastUpdated", "_tag", "_security")),
          Map.entry("Patient", Set.of("identifier", "family", "birthdate")),
          Map.entry("Practitioner", Set.of("identifier")),
          Map.entry(
              "PractitionerRole", Set.of("identifier", "organization", "practitioner", "role")),
          Map.entry("RelatedPerson", Set.of("identifier", "patient")),
          Map.entry("Organization", Set.of("identifier", "name", "type")),
          Map.entry("Location", Set.of("identifier")),
          Map.entry(
              "HealthcareService",
              Set.of(
                  "identifier",
                  "name",
                  "active",
                  "service-category",
                  "service-type",
                  "characteristic",
                  "organization")),
          Map.entry("CareTeam", Set.of("patient", "status", "participant")),
          Map.entry(
              "ServiceRequest",
              Set.of("identifier", "patient", "status", "requester", "performer", "authored")),
          Map.entry(
              "Task", Set.of("identifier", "patient", "status", "focus", "owner", "requester")),
          Map.entry("Consent", Set.of("patient", "status")),
          Map.entry("Questionnaire", Set.of("url")),
          Map.entry("QuestionnaireResponse", Set.of("identifier", "patient", "authored")),
          Map.entry("Observation", Set.of("identifier", "patient", "code", "date", "category")),
          Map.entry("Goal", Set.of("identifier", "patient", "lifecycle-status")),
          Map.entry("CarePlan", Set.of("patient", "status", "date", "activity-reference")),
          Map.entry("Appointment", Set.of("patient", "date", "status")),
          Map.entry("Encounter", Set.of("patient", "date", "status")),
          Map.entry("Communication", Set.of("patient", "sent")),
          Map.entry("EpisodeOfCare", Set.of("patient", "status")),
          Map.entry("Flag", Set.of("patient")),
          Map.entry("Provenance", Set.of("target")),
          // Found in a table of their own: these cost nothing, and tell clients what is searched
          // by.
          Map.entry("AuditEvent", Set.of("patient", "date", "agent-name", "outcome", "subtype")));

  private final List<IBaseResource> parameters;

  /**
   * @param ours those that are not FHIR's
   */
  UsedSearchParameters(List<SearchParameter> ours) {
    List<IBaseResource> defined =
        Objects.requireNonNull(
            FhirContext.forR4Cached().getValidationSupport().fetchAllSearchParameters());
    this.parameters =
        Stream.concat(
                defined.stream()
                    .map(SearchParameter.class::cast)
                    .filter(UsedSearchParameters::isUsed)
                    .map(UsedSearchParameters::active),
                ours.stream())
            .toList();
  }

  private static boolean isUsed(SearchParameter parameter) {
    return parameter.getBase().stream()
        .map(CodeType::getValue)
        .anyMatch(base -> USED.getOrDefault(base, Set.of()).contains(parameter.getCode()));
  }

  /** One definition serves many types ({@code patient}): it stays for those that use it. */
  private static IBaseResource active(SearchParameter defined) {
    SearchParameter used = defined.copy().setStatus(PublicationStatus.ACTIVE);
    used.getBase()
        .removeIf(
            base -> !USED.getOrDefault(base.getValue(), Set.of()).contains(defined.getCode()));
    // What is not stored cannot be referred to, and a chain that asks about it fails.
    used.getTarget().removeIf(target -> !StoredTypes.ALL.contains(target.getValue()));
    return used;
  }

  List<IIdType> ids() {
    return parameters.stream().map(IBaseResource::getIdElement).toList();
  }

  @Override
  public IBundleProvider search(SearchParameterMap wanted) {
    return new SimpleBundleProvider(parameters);
  }

  @Override
  public IBaseResource read(IIdType id) {
    return parameters.stream()
        .filter(parameter -> parameter.getIdElement().getIdPart().equals(id.getIdPart()))
        .findFirst()
        .orElseThrow();
  }
}
