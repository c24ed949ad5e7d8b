package io.fingerpost.routes.store;

import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.NumberParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the routes ask of the FHIR store, through HAPI's own port: in process or over HTTP alike.
 */
public final class ReferralStore {

  /** Search now, as one query, and keep no result list for later pages. */
  private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

  private static final int MOST = 200;

  private final IRepository repository;

  /** Organisations hardly change id; asking for them in every transaction cost a tenth of it. */
  private final Cache<OdsCode, String> organisations =
      Caffeine.newBuilder().maximumSize(10_000).build();

  public ReferralStore(IRepository repository) {
    this.repository = repository;
  }

  public Optional<Patient> patient(Identifier identifier) {
    return first(Patient.class, identifier);
  }

  /**
   * Everybody who has this identifier; in the place of a record that was merged into another, that
   * other one.
   */
  public List<Patient> people(Identifier identifier) {
    List<Patient> found = found(Patient.class, "identifier", tokens(identifier));
    if (found.stream().noneMatch(ReferralStore::isReplaced)) {
      return found;
    }
    Map<String, Patient> people = new LinkedHashMap<>();
    for (Patient one : found) {
      Patient left = survivor(one);
      people.put(left.getIdElement().getIdPart(), left);
    }
    return List.copyOf(people.values());
  }

  /** Who is left of a person whose record may have been merged, {@code Patient/<id>} each. */
  public String survivorOf(String person) {
    Patient stored = read(Patient.class, person.substring("Patient/".length()));
    return "Patient/" + survivor(stored).getIdElement().getIdPart();
  }

  private static boolean isReplaced(Patient person) {
    return person.getLink().stream().anyMatch(link -> link.getType() == LinkType.REPLACEDBY);
  }

  /** A circle of merges ends where it began. */
  private Patient survivor(Patient merged) {
    Patient person = merged;
    Set<String> seen = new HashSet<>();
    while (isReplaced(person) && seen.add(person.getIdElement().getIdPart())) {
      String into =
          person.getLink().stream()
              .filter(link -> link.getType() == LinkType.REPLACEDBY)
              .map(link -> link.getOther().getReferenceElement().getIdPart())
              .findFirst()
              .orElseThrow();
      person = read(Patient.class, into);
    }
    return person;
  }

  /** {@code Organization/<id>} of the organisation with this code, where the store has it. */
  public Optional<String> organisation(OdsCode code) {
    String known = organisations.getIfPresent(code);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> found =
        first(Organization.class, code.toIdentifier())
            .map(organization -> "Organization/" + organization.getIdElement().getIdPart());
    found.ifPresent(reference -> remember(code, reference));
    return found;
  }

  /** What a transaction finds it may have made itself, and take back yet. */
  private void remember(OdsCode code, String reference) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      organisations.put(code, reference);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            organisations.put(code, reference);
          }
        });
  }

  /**
   * {@code ServiceRequest/<id>} that an earlier try at this part of a message stored, if one did.
   */
  public Optional<String> referralFrom(String part) {
    Identifier identifier = new Identifier().setSystem(SystemUrl.MESSAGE_ID.url()).setValue(part);
    return first(ServiceRequest.class, identifier)
        .map(request -> "ServiceRequest/" + request.getIdElement().getIdPart());
  }

  /** A referral by the id the store gave it, where its sender has no better name for it. */
  public static Identifier ownName(String id) {
    return new Identifier().setValue("ServiceRequest/" + id);
  }

  /**
   * The referral that this organisation made under this identifier of its own, or that has this
   * {@link #ownName}; of several, the one that was stored last. Two organisations may give the same
   * identifier.
   */
  public Optional<ServiceRequest> referral(Identifier own, OdsCode sender) {
    List<ServiceRequest> named =
        own.hasSystem()
            ? found(ServiceRequest.class, "identifier", token(own))
            : found(
                ServiceRequest.class,
                "_id",
                new TokenParam(own.getValue().substring("ServiceRequest/".length())));
    return named.stream()
        .filter(request -> isOf(sender, request.getRequester().getIdentifier()))
        .max(Comparator.comparing(request -> request.getMeta().getLastUpdated()));
  }

  private static boolean isOf(OdsCode sender, Identifier requester) {
    Identifier own = sender.toIdentifier();
    return own.getSystem().equals(requester.getSystem())
        && own.getValue().equals(requester.getValue());
  }

  /** The Task that says where the referral stands. */
  public Optional<Task> taskOf(ServiceRequest referral) {
    String id = "ServiceRequest/" + referral.getIdElement().getIdPart();
    return found(Task.class, "focus", new ReferenceParam(id)).stream().findFirst();
  }

  /**
   * What has passed between the scheme and a person, {@code Patient/<id>}, or is about to; as much
   * of it as goes on one page.
   */
  public List<Communication> communicationsWith(String person) {
    Bundle found =
        repository.search(
            Bundle.class,
            Communication.class,
            search ->
                search
                    .addOrList("patient", new ReferenceParam(person))
                    .addOrList("_count", new NumberParam(MOST)),
            NOT_KEPT);
    return entries(found, Communication.class);
  }

  public <T extends IBaseResource> T read(Class<T> type, String id) {
    return repository.read(type, new IdType(type.getSimpleName(), id));
  }

  /**
   * Stores all of it or nothing.
   *
   * @return what became of each entry, in their order: {@code <Type>/<id>}
   */
  public List<String> save(Bundle transaction) {
    return repository.transaction(transaction).getEntry().stream()
        .map(entry -> String.valueOf(entry.getResponse().getLocation()))
        .map(location -> new IdType(location).toUnqualifiedVersionless().getValue())
        .map(String::valueOf)
        .toList();
  }

  private <T extends IBaseResource> Optional<T> first(Class<T> type, Identifier identifier) {
    return found(type, "identifier", token(identifier)).stream().findFirst();
  }

  private static TokenParam token(Identifier identifier) {
    return new TokenParam(identifier.getSystem(), identifier.getValue());
  }

  /** A number in whose place another is by now still finds the person. */
  private static IQueryParameterType[] tokens(Identifier identifier) {
    return SystemUrl.NHS_NUMBER.url().equals(identifier.getSystem())
        ? new IQueryParameterType[] {
          token(identifier),
          new TokenParam(SystemUrl.SUPERSEDED_NHS_NUMBER.url(), identifier.getValue())
        }
        : new IQueryParameterType[] {token(identifier)};
  }

  private <T extends IBaseResource> List<T> found(
      Class<T> type, String parameter, IQueryParameterType... value) {
    Bundle found =
        repository.search(
            Bundle.class, type, search -> search.addOrList(parameter, value), NOT_KEPT);
    return entries(found, type);
  }

  private static <T extends IBaseResource> List<T> entries(Bundle found, Class<T> type) {
    return found.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
