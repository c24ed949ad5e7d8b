package io.fingerpost.server.consent.override;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.server.access.Caller;
import io.fingerpost.terminology.SystemUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.transaction.support.TransactionTemplate;

/** Grants and ends overrides: all of it is on record and told, or nothing is granted. */
final class Granting {

  private final DaoRegistry daos;
  private final Overrides overrides;
  private final OverrideNotices notices;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final Duration lifetime;

  Granting(
      DaoRegistry daos,
      Overrides overrides,
      OverrideNotices notices,
      TransactionTemplate transactions,
      Clock clock,
      Duration lifetime) {
    this.daos = daos;
    this.overrides = overrides;
    this.notices = notices;
    this.transactions = transactions;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** For a person who is known; that one is not is told and recorded. */
  Grant grant(OverrideOperations.Asked asked, Reference person) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // Before the transaction: what is not found would undo it.
    Optional<String> patient = patient(person);
    if (patient.isEmpty()) {
      notices.recordUnknown(asked, textOf(person));
      throw OverrideRefused.OVERRIDE_PERSON_UNKNOWN.refusal();
    }
    return Objects.requireNonNull(transactions.execute(status -> grant(asked, patient.get(), now)));
  }

  private Grant grant(OverrideOperations.Asked asked, String patient, Instant now) {
    UUID id = UUID.randomUUID();
    Grant grant =
        new Grant(
            id,
            asked.kind(),
            new Grant.By(asked.caller().client(), asked.caller().organisation()),
            patient,
            asked.reason(),
            now,
            now.plus(lifetime),
            null,
            notices.tellScheme(id, asked, patient, now));
    overrides.keep(grant);
    notices.recordGranted(grant, asked.caller());
    return grant;
  }

  Grant end(UUID id, Caller by) {
    Optional<Grant> ended =
        transactions.execute(
            status -> {
              Optional<Grant> grant = overrides.end(id, by.client());
              grant.ifPresent(one -> notices.recordEnded(one, by));
              return grant;
            });
    return Objects.requireNonNull(ended)
        .orElseThrow(OverrideRefused.OVERRIDE_NOT_IN_FORCE::refusal);
  }

  private Optional<String> patient(Reference person) {
    if (person.hasReference()) {
      return byId(new IdType(person.getReference()));
    }
    return Optional.ofNullable(person.getIdentifier().getValue())
        .filter(value -> SystemUrl.NHS_NUMBER.url().equals(person.getIdentifier().getSystem()))
        .flatMap(NhsNumber::parse)
        .flatMap(this::byNumber);
  }

  private Optional<String> byId(IdType id) {
    if (!"Patient".equals(id.getResourceType()) || !id.hasIdPart() || id.hasBaseUrl()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          referenceTo(daos.getResourceDao(Patient.class).read(id, new SystemRequestDetails())));
    } catch (ResourceNotFoundException | ResourceGoneException none) {
      return Optional.empty();
    }
  }

  /** A number that two Patients share is nobody's for certain. */
  private Optional<String> byNumber(NhsNumber number) {
    SearchParameterMap search =
        SearchParameterMap.newSynchronous()
            .add(Patient.SP_IDENTIFIER, new TokenParam(SystemUrl.NHS_NUMBER.url(), number.value()));
    List<IBaseResource> found =
        daos.getResourceDao(Patient.class)
            .search(search, new SystemRequestDetails())
            .getAllResources();
    return found.size() == 1 ? Optional.of(referenceTo(found.get(0))) : Optional.empty();
  }

  private static String referenceTo(IBaseResource patient) {
    return patient.getIdElement().toUnqualifiedVersionless().getValue();
  }

  private static String textOf(Reference person) {
    return person.hasReference()
        ? person.getReference()
        : String.valueOf(person.getIdentifier().getValue());
  }
}
