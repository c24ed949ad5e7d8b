package io.fingerpost.server.assessment;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Resource;

/**
 * The responses and what was made of them, in the database transaction that is open. What was made
 * of a response bears an identifier in a system of that response alone, by which it is found again.
 */
final class Records {

  private final FhirContext context;
  private final DaoRegistry daos;

  Records(FhirContext context, DaoRegistry daos) {
    this.context = context;
    this.daos = daos;
  }

  QuestionnaireResponse response(IdType id) {
    return daos.getResourceDao(QuestionnaireResponse.class)
        .read(id.toUnqualifiedVersionless(), program());
  }

  /**
   * Stores a response that was sent along, in the place of the one of the same identifier. One that
   * was amended meanwhile stays: what comes as it was before is sent late, or once more.
   */
  IdType keep(QuestionnaireResponse sent) {
    Identifier name = sent.getIdentifier();
    Optional<QuestionnaireResponse> known =
        find(QuestionnaireResponse.class, new TokenParam(name.getSystem(), name.getValue()))
            .findFirst();
    if (known.isPresent() && !known.get().getSubject().equalsDeep(sent.getSubject())) {
      throw ExtractRefused.RESPONSE_OF_SOMEONE_ELSE.refusal();
    }
    if (known.isPresent() && isLate(sent, known.get())) {
      return known.get().getIdElement().toUnqualifiedVersionless();
    }
    known.ifPresent(stored -> sent.setId(stored.getIdElement().toUnqualifiedVersionless()));
    write(List.of(sent));
    return sent.getIdElement().toUnqualifiedVersionless();
  }

  private static boolean isLate(QuestionnaireResponse sent, QuestionnaireResponse stored) {
    return sent.getStatus() == QuestionnaireResponseStatus.COMPLETED
        && (stored.getStatus() == QuestionnaireResponseStatus.AMENDED
            || stored.getStatus() == QuestionnaireResponseStatus.ENTEREDINERROR);
  }

  /** Makes the store hold what a response makes now, and gives it as it then stands. */
  Bundle keep(String response, List<Draft> drafts) {
    String system = SystemUrl.EXTRACTED.url() + "/" + response;
    Map<String, DomainResource> before = madeBefore(system);
    List<DomainResource> changed = new ArrayList<>();
    List<DomainResource> standing = new ArrayList<>();
    for (Draft draft : drafts) {
      DomainResource stored = before.remove(draft.key());
      if (stored == null) {
        DomainResource made = named(draft.made(), system, draft.key());
        changed.add(made);
        standing.add(made);
      } else {
        Optional<DomainResource> amended = Amendment.of(stored, draft.made());
        amended.ifPresent(changed::add);
        standing.add(amended.orElse(stored));
      }
    }
    before.values().forEach(stored -> Amendment.withdrawn(stored).ifPresent(changed::add));
    write(changed);
    return transactionOf(standing);
  }

  private static DomainResource named(DomainResource made, String system, String key) {
    Identifier identifier = new Identifier().setSystem(system).setValue(key);
    if (made instanceof Observation observation) {
      return observation.addIdentifier(identifier);
    }
    return ((Goal) made).addIdentifier(identifier);
  }

  private Map<String, DomainResource> madeBefore(String system) {
    Map<String, DomainResource> made = new HashMap<>();
    TokenParam any = new TokenParam(system, "");
    Stream.concat(find(Observation.class, any), find(Goal.class, any))
        .forEach(
            stored ->
                identifiers(stored).stream()
                    .filter(identifier -> system.equals(identifier.getSystem()))
                    .forEach(identifier -> made.put(identifier.getValue(), stored)));
    return made;
  }

  private static List<Identifier> identifiers(DomainResource stored) {
    return stored instanceof Observation observation
        ? observation.getIdentifier()
        : ((Goal) stored).getIdentifier();
  }

  private <R extends DomainResource> Stream<R> find(Class<R> type, TokenParam identifier) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("identifier", identifier);
    return daos.getResourceDao(type).search(search, program()).getAllResources().stream()
        .map(type::cast);
  }

  /** All or none; afterwards each has the id and version it was stored under. */
  @SuppressWarnings("unchecked")
  private void write(List<? extends Resource> resources) {
    if (resources.isEmpty()) {
      return;
    }
    Bundle answer =
        (Bundle) daos.getSystemDao().transactionNested(program(), transactionOf(resources));
    for (int i = 0; i < resources.size(); i++) {
      String location = answer.getEntry().get(i).getResponse().getLocation();
      resources.get(i).setId(new IdType(Objects.requireNonNull(location)).toUnqualified());
    }
  }

  private static Bundle transactionOf(List<? extends Resource> resources) {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (Resource resource : resources) {
      Bundle.BundleEntryComponent entry = bundle.addEntry().setResource(resource);
      // References are relative, and relative to nothing in an entry that has no address.
      entry.setFullUrl("urn:uuid:" + UUID.randomUUID());
      if (resource.hasId()) {
        String id = resource.getIdElement().toUnqualifiedVersionless().getValue();
        entry.getRequest().setMethod(HTTPVerb.PUT).setUrl(id);
      } else {
        entry.getRequest().setMethod(HTTPVerb.POST).setUrl(resource.fhirType());
      }
    }
    return bundle;
  }

  private SystemRequestDetails program() {
    SystemRequestDetails request = new SystemRequestDetails();
    request.setFhirContext(context);
    request.setFhirServerBase("");
    request.setRestOperationType(RestOperationTypeEnum.TRANSACTION);
    return request;
  }
}
