package io.fingerpost.server.audit;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.fingerpost.server.audit.AuditAccess.Reader;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The record of decisions on the FHIR API, for operators to read; that they did is on record before
 * they see it. To everyone else it is as if there were none.
 */
public final class AuditEventProvider implements IResourceProvider {

  private static final int PAGE = 20;
  private static final int LARGEST_PAGE = 200;

  private final FhirContext context;
  private final JdbcTemplate database;
  private final DecisionAudit audit;
  private final AuditAccess access;

  AuditEventProvider(
      FhirContext context, JdbcTemplate database, DecisionAudit audit, AuditAccess access) {
    this.context = context;
    this.database = database;
    this.audit = audit;
    this.access = access;
  }

  @Override
  public Class<AuditEvent> getResourceType() {
    return AuditEvent.class;
  }

  @Read
  public AuditEvent read(@IdParam IdType id, RequestDetails request) {
    Reader reader = access.reader(request).orElseThrow(() -> new ResourceNotFoundException(id));
    Told found =
        new AuditSearch(false)
            .withId(id.getIdPart()).in(database, 1).stream()
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException(id));
    record(reader, found.people(), "AuditEvent/" + found.id());
    return parsed(found);
  }

  @Search
  public Bundle search(
      @OptionalParam(name = "_id") @Nullable TokenParam id,
      @OptionalParam(name = "patient") @Nullable ReferenceParam patient,
      @OptionalParam(name = "date") @Nullable DateRangeParam date,
      @OptionalParam(name = "agent-name") @Nullable StringParam agent,
      @OptionalParam(name = "outcome") @Nullable TokenParam outcome,
      @OptionalParam(name = "subtype") @Nullable TokenParam subtype,
      @OptionalParam(name = AuditPage.AFTER) @Nullable TokenParam after,
      @Count @Nullable Integer count,
      @Sort @Nullable SortSpec sort,
      RequestDetails request) {
    Optional<Reader> reader = access.reader(request);
    if (reader.isEmpty()) {
      return AuditPage.empty();
    }
    AuditSearch search = new AuditSearch(isOldestFirst(sort));
    Set<String> people = new HashSet<>();
    if (id != null) {
      search.withId(id.getValue());
    }
    if (patient != null) {
      people.add("Patient/" + patient.getIdPart());
      search.about("Patient/" + patient.getIdPart());
    }
    if (date != null) {
      search.between(date);
    }
    if (agent != null) {
      search.with("client", agent.getValue());
    }
    if (outcome != null) {
      search.with("outcome", outcome.getValue());
    }
    if (subtype != null) {
      search.with("kind", subtype.getValue());
    }
    if (after != null) {
      search.after(after.getValue());
    }
    int most = count == null ? PAGE : Math.max(1, Math.min(count, LARGEST_PAGE));
    List<Told> found = search.in(database, most + 1);
    record(reader.get(), people, "");
    return new AuditPage(request, most).of(found, this::parsed);
  }

  private static boolean isOldestFirst(@Nullable SortSpec sort) {
    if (sort == null) {
      return false;
    }
    if (!"date".equals(sort.getParamName())) {
      throw new InvalidRequestException("AuditEvents are sorted by date.");
    }
    return sort.getOrder() != SortOrderEnum.DESC;
  }

  private void record(Reader reader, Collection<String> people, String resource) {
    audit.record(
        Set.of(
            new Decided(
                reader.client(),
                reader.organisation(),
                reader.purpose(),
                Set.copyOf(people),
                resource,
                true,
                "AUDIT_READ",
                "")));
  }

  private AuditEvent parsed(Told found) {
    return context.newJsonParser().parseResource(AuditEvent.class, found.text().get());
  }
}
