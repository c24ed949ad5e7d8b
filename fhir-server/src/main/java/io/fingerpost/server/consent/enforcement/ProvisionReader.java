package io.fingerpost.server.consent.enforcement;

import io.fingerpost.server.consent.decision.Content;
import io.fingerpost.server.consent.decision.Period;
import io.fingerpost.server.consent.decision.Provision;
import io.fingerpost.server.consent.decision.Recipients;
import io.fingerpost.server.consent.decision.Scope;
import io.fingerpost.terminology.SystemUrl;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionDataComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.codesystems.V3ActReason;

/**
 * Reads the rules of a consent. A criterion in which anything is not understood is dropped whole,
 * and its rule marked as not readable. Not understood: modifier extensions, {@code action}, {@code
 * code}, data meant as what a resource refers to, codes outside the systems named here, dates that
 * end before they start, and actors that {@link ActorReader} cannot tell.
 */
final class ProvisionReader {
  private static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";

  private static final Set<ConsentDataMeaning> UNDERSTOOD_MEANINGS =
      EnumSet.of(
          ConsentDataMeaning.INSTANCE,
          ConsentDataMeaning.DEPENDENTS,
          ConsentDataMeaning.AUTHOREDBY);

  private final ActorReader actors;

  ProvisionReader(Function<String, Optional<String>> odsCodeOf) {
    this.actors = new ActorReader(odsCodeOf);
  }

  Provision read(ProvisionComponent rule) {
    Optional<Recipients> recipients = actors.recipients(rule.getActor());
    Optional<Set<String>> purposes = all(rule.getPurpose(), ProvisionReader::purpose);
    Optional<Set<String>> classes = all(rule.getClass_(), ProvisionReader::contentClass);
    Optional<Content.Data> data = data(rule);
    Optional<Set<String>> labels = all(rule.getSecurityLabel(), ProvisionReader::label);
    Optional<Period> dated = FhirTime.from(rule.getDataPeriod());
    Optional<Period> period = FhirTime.from(rule.getPeriod());
    boolean understood =
        !isBeyondUs(rule)
            && Stream.of(recipients, purposes, classes, data, labels, dated, period)
                .allMatch(Optional::isPresent);
    Scope scope =
        new Scope(
            recipients.orElse(Recipients.ANYONE),
            purposes.orElse(Set.of()),
            new Content(
                classes.orElse(Set.of()),
                data.orElse(Content.Data.ANY),
                labels.orElse(Set.of()),
                dated.orElse(Period.ALWAYS)),
            period.orElse(Period.ALWAYS));
    return new Provision(
        typeOf(rule), understood, scope, rule.getProvision().stream().map(this::read).toList());
  }

  private static Provision.Type typeOf(ProvisionComponent rule) {
    return rule.getType() == ConsentProvisionType.PERMIT
        ? Provision.Type.PERMIT
        : Provision.Type.DENY;
  }

  private static boolean isBeyondUs(ProvisionComponent rule) {
    return rule.hasModifierExtension() || rule.hasAction() || rule.hasCode();
  }

  /** All of a criterion, or nothing of it. */
  static <T> Optional<Set<String>> all(List<T> items, Function<T, Optional<String>> reading) {
    Set<String> values = new HashSet<>();
    for (T item : items) {
      Optional<String> value = reading.apply(item);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(values);
  }

  private static Optional<String> purpose(Coding coding) {
    return codeIn(SystemUrl.V3_ACT_REASON.url(), coding).filter(ProvisionReader::isPurpose);
  }

  /** A misspelt purpose on a deny would match nothing and so deny nothing. */
  private static boolean isPurpose(String code) {
    try {
      return V3ActReason.fromCode(code) != null;
    } catch (FHIRException unknown) {
      return false;
    }
  }

  private static Optional<String> contentClass(Coding coding) {
    return RESOURCE_TYPES.equals(coding.getSystem())
        ? code(coding).filter(ProvisionReader::isResourceType)
        : code(coding).filter(code -> coding.hasSystem());
  }

  private static boolean isResourceType(String code) {
    return Stream.of(ResourceType.values()).anyMatch(type -> type.name().equals(code));
  }

  private static Optional<String> label(Coding coding) {
    return codeIn(SystemUrl.V3_CONFIDENTIALITY.url(), coding)
        .or(() -> codeIn(SystemUrl.V3_ACT_CODE.url(), coding));
  }

  private Optional<Content.Data> data(ProvisionComponent rule) {
    Set<ConsentDataMeaning> meanings = new HashSet<>();
    rule.getData().forEach(data -> meanings.add(data.getMeaning()));
    Optional<Set<String>> records =
        all(meaning(rule, ConsentDataMeaning.INSTANCE), ProvisionReader::resource);
    Optional<Set<String>> around =
        all(meaning(rule, ConsentDataMeaning.DEPENDENTS), ProvisionReader::resource);
    Optional<Set<String>> authors =
        all(
            meaning(rule, ConsentDataMeaning.AUTHOREDBY),
            data -> actors.organisationOf(data.getReference()));
    boolean understood =
        UNDERSTOOD_MEANINGS.containsAll(meanings)
            && rule.getData().stream().noneMatch(provisionDataComponent::hasModifierExtension)
            && Stream.of(records, around, authors).allMatch(Optional::isPresent);
    return understood
        ? Optional.of(
            new Content.Data(records.orElseThrow(), around.orElseThrow(), authors.orElseThrow()))
        : Optional.empty();
  }

  private static List<provisionDataComponent> meaning(
      ProvisionComponent rule, ConsentDataMeaning meaning) {
    return rule.getData().stream().filter(data -> data.getMeaning() == meaning).toList();
  }

  private static Optional<String> resource(provisionDataComponent data) {
    IdType id = new IdType(data.getReference().getReference());
    boolean readable =
        id.hasResourceType() && id.hasIdPart() && !id.hasBaseUrl() && !id.hasVersionIdPart();
    return readable ? Optional.of(id.getValue()) : Optional.empty();
  }

  private static Optional<String> codeIn(String system, Coding coding) {
    return system.equals(coding.getSystem()) ? code(coding) : Optional.empty();
  }

  private static Optional<String> code(Coding coding) {
    return Optional.ofNullable(coding.getCode()).map(String::strip).filter(code -> !code.isEmpty());
  }
}
