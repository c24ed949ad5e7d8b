package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.profiles.References;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.consent.enforcement.ConsentEnforcement;
import io.fingerpost.server.consent.enforcement.PersonOf;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A record that may be seen names others, and says in words what they are. Of those that the asker
 * may not see nothing is left but that something is masked.
 */
@Interceptor
public final class MaskedReferences {

  private static final int LAST = 1000;
  private static final String DONE = MaskedReferences.class.getName();
  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private final Audiences audiences;
  private final AudienceIndex index;
  private final Upkeep upkeep;

  MaskedReferences(Audiences audiences, AudienceIndex index, Upkeep upkeep) {
    this.audiences = audiences;
    this.index = index;
    this.upkeep = upkeep;
  }

  @Hook(value = Pointcut.STORAGE_PRESHOW_RESOURCES, order = LAST)
  public void mask(RequestDetails request, IPreResourceShowDetails shown) {
    Optional<Caller> caller =
        request == null || ConsentEnforcement.isFree(request)
            ? Optional.empty()
            : Caller.of(request);
    if (caller.isEmpty() || caller.get().is(Role.OPERATOR)) {
      return;
    }
    Map<Reference, String> others = new IdentityHashMap<>();
    Set<IBaseResource> done = doneIn(request);
    IntStream.range(0, shown.size())
        .mapToObj(shown::getResource)
        .filter(done::add)
        .forEach(record -> others.putAll(othersIn(record)));
    if (others.isEmpty()) {
      return;
    }
    Set<String> visible =
        visibleTo(request, Audience.of(caller.get()), Set.copyOf(others.values()));
    others.forEach(
        (reference, target) -> {
          if (!visible.contains(target)) {
            empty(reference);
          }
        });
  }

  /** The server's interceptors are the store's as well, and what is shown by HTTP meets both. */
  @SuppressWarnings("unchecked")
  private static Set<IBaseResource> doneIn(RequestDetails request) {
    return (Set<IBaseResource>)
        request
            .getUserData()
            .computeIfAbsent(
                DONE,
                none ->
                    Collections.synchronizedSet(
                        Collections.newSetFromMap(new IdentityHashMap<>())));
  }

  /** References to records about people, but for those to whom the record itself is about. */
  private Map<Reference, String> othersIn(IBaseResource shown) {
    Map<Reference, String> others = new IdentityHashMap<>();
    if (!(shown instanceof Resource record) || !PersonOf.isSomebodys(record.fhirType())) {
      return others;
    }
    Set<String> own = Visibility.peopleIn(record);
    for (Reference reference : References.in(record)) {
      String type = reference.getReferenceElement().getResourceType();
      String target = reference.getReferenceElement().toUnqualifiedVersionless().getValue();
      if (type != null && PersonOf.isSomebodys(type) && !own.contains(target)) {
        others.put(reference, target);
      }
    }
    return others;
  }

  private Set<String> visibleTo(RequestDetails request, Audience audience, Set<String> records) {
    if (!audiences.isIndexed(audience)) {
      return Set.of();
    }
    upkeep.catchUp(request);
    return index.visibleTo(audience, records);
  }

  private static void empty(Reference reference) {
    reference.setReference(null).setIdentifier(null).setDisplay(null);
    reference.getExtension().clear();
    reference.addExtension(ABSENT, new CodeType("masked"));
  }
}
