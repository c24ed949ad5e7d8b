package io.fingerpost.server.consent.enforcement;

import io.fingerpost.server.consent.decision.Period;
import io.fingerpost.server.consent.decision.Provision;
import io.fingerpost.server.consent.decision.Recipients;
import io.fingerpost.server.consent.decision.Scope;
import io.fingerpost.terminology.SystemUrl;
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
 * code}, {@code dataPeriod}, data meant other than as the very resource, codes outside the systems
 * named here, dates that end before they start, and actors that {@link ActorReader} cannot tell.
 */
final class ProvisionReader {
  private static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";

  private final ActorReader actors;

  ProvisionReader(Function<String, Optional<String>> odsCodeOf) {
    this.actors = new ActorReader(odsCodeOf);
  }

  Provision read(ProvisionComponent rule) {
    Optional<Recipients> recipients = actors.recipients(rule.getActor());
    Optional<Set<String>> purposes = all(rule.getPurpose(), ProvisionReader::purpose);
    Optional<Set<String>> classes = all(rule.getClass_(), ProvisionReader::contentClass);
    Optional<Set<String>> data = all(rule.getData(), ProvisionReader::resource);
    Optional<Set<String>> labels = all(rule.getSecurityLabel(), ProvisionReader::label);
    Optional<Period> period = FhirTime.from(rule.getPeriod());
    boolean understood =
        !isBeyondUs(rule)
            && Stream.of(recipients, purposes, classes, data, labels, period)
                .allMatch(Optional::isPresent);
    Scope scope =
        new Scope(
            recipients.orElse(Recipients.ANYONE),
            purposes.orElse(Set.of()),
            classes.orElse(Set.of()),
            data.orElse(Set.of()),
            labels.orElse(Set.of()),
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
    return rule.hasModifierExtension()
        || rule.hasAction()
        || rule.hasCode()
        || rule.hasDataPeriod();
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

  private static Optional<String> resource(provisionDataComponent data) {
    IdType id = new IdType(data.getReference().getReference());
    boolean readable =
        data.getMeaning() == ConsentDataMeaning.INSTANCE
            && !data.hasModifierExtension()
            && id.hasResourceType()
            && id.hasIdPart()
            && !id.hasBaseUrl()
            && !id.hasVersionIdPart();
    return readable ? Optional.of(id.getValue()) : Optional.empty();
  }

  private static Optional<String> codeIn(String system, Coding coding) {
    return system.equals(coding.getSystem()) ? code(coding) : Optional.empty();
  }

  private static Optional<String> code(Coding coding) {
    return Optional.ofNullable(coding.getCode()).map(String::strip).filter(code -> !code.isEmpty());
  }
}
