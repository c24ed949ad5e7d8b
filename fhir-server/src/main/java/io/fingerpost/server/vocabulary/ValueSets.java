package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationResult;
import ca.uhn.fhir.context.support.IValidationSupport.ValueSetExpansionOutcome;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.ValueSetExpansionOptions;
import java.time.Clock;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;

/** What is in a value set: one of ours, one of FHIR's own, else one of the terminology server's. */
final class ValueSets {

  private final PublishedDefinitions definitions;
  private final IValidationSupport known;
  private final Optional<TerminologyServer> server;
  private final Clock clock;

  ValueSets(
      PublishedDefinitions definitions,
      IValidationSupport known,
      Optional<TerminologyServer> server,
      Clock clock) {
    this.definitions = definitions;
    this.known = known;
    this.server = server;
    this.clock = clock;
  }

  ValueSet expand(@Nullable IdType id, String url, Page page) {
    Optional<ValueSet> found = find(id, url);
    if (found.isEmpty()) {
      return server.orElseThrow(Refused::unknown).expand(url, page);
    }
    ValueSet expanded = found.get().copy();
    expanded.setCompose(null).setText(null);
    expanded.getExpansion().setTimestamp(Date.from(clock.instant()));
    page.fill(expanded.getExpansion(), codes(found.get()));
    return expanded;
  }

  /** Sorted by what they say, since the tool that finds them keeps no order. */
  private List<ValueSetExpansionContainsComponent> codes(ValueSet valueSet) {
    ValueSetExpansionOutcome outcome =
        known.expandValueSet(
            new ValidationSupportContext(known), new ValueSetExpansionOptions(), valueSet);
    if (outcome == null || !(outcome.getValueSet() instanceof ValueSet expanded)) {
      throw Refused.notExpandable();
    }
    return expanded.getExpansion().getContains().stream()
        .sorted(
            Comparator.comparing(ValueSets::sortedBy)
                .thenComparing(ValueSetExpansionContainsComponent::getCode))
        .toList();
  }

  private static String sortedBy(ValueSetExpansionContainsComponent contained) {
    return contained.hasDisplay() ? contained.getDisplay() : contained.getCode();
  }

  Parameters validate(@Nullable IdType id, String url, Coding asked) {
    Optional<ValueSet> found = find(id, url);
    if (found.isEmpty()) {
      return server.orElseThrow(Refused::unknown).validateInValueSet(url, asked);
    }
    CodeValidationResult result =
        known.validateCodeInValueSet(
            new ValidationSupportContext(known),
            new ConceptValidationOptions(),
            asked.getSystem(),
            asked.getCode(),
            null,
            found.get());
    if (result == null) {
      throw Refused.notExpandable();
    }
    return Verdict.of(result.isOk(), result.getDisplay(), "The value set does not have the code.");
  }

  private Optional<ValueSet> find(@Nullable IdType id, String url) {
    if (id != null && id.hasIdPart()) {
      return Optional.of(
          definitions.byId(ValueSet.class, id.getIdPart()).orElseThrow(Refused::unknown));
    }
    if (url.isEmpty()) {
      throw Refused.missing("the 'url' of a value set");
    }
    Optional<ValueSet> ours = definitions.byUrl(ValueSet.class, url);
    return ours.isPresent()
        ? ours
        : Optional.ofNullable(known.fetchValueSet(url))
            .filter(ValueSet.class::isInstance)
            .map(ValueSet.class::cast);
  }
}
