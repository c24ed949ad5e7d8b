package io.fingerpost.profiles;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.utilities.i18n.I18nConstants;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.jspecify.annotations.Nullable;

/**
 * Turns what HL7's validator found into faults. Its own text quotes the resource, so none of it is
 * passed on.
 */
final class FaultTranslator {
  /** A claim of a profile not at hand is no fault: whatever is claimed, ours is what counts. */
  private static final Set<String> IGNORED =
      Set.of(
          I18nConstants.VALIDATION_VAL_PROFILE_UNKNOWN,
          I18nConstants.VALIDATION_VAL_PROFILE_UNKNOWN_NOT_POLICY,
          I18nConstants.VALIDATION_VAL_PROFILE_THIS_VERSION_OTHER);

  private final IWorkerContext definitions;
  private final FaultWords words;
  private volatile @Nullable Set<String> names;

  FaultTranslator(IWorkerContext definitions) {
    this.definitions = definitions;
    this.words = new FaultWords(definitions);
  }

  List<Fault> toFaults(List<ValidationMessage> messages) {
    Set<Fault> faults = new LinkedHashSet<>();
    for (ValidationMessage message : messages) {
      String id = message.getMessageId();
      if (message.getLevel().isError() && (id == null || !IGNORED.contains(id))) {
        faults.add(toFault(message));
      }
    }
    return List.copyOf(faults);
  }

  private Fault toFault(ValidationMessage message) {
    FaultLocation at = FaultLocation.of(message.getLocation(), names());
    String rule = message.getInvId();
    if (rule != null) {
      int hash = rule.lastIndexOf('#');
      String key = rule.substring(hash + 1);
      return new Fault(key, at.fhirPath(), words.ofRule(rule.substring(0, hash), key));
    }
    FaultKind kind = FaultKind.of(message);
    return new Fault(kind.name(), at.fhirPath(), words.of(kind, at));
  }

  /** The names of all types and elements of FHIR R4: the only ones a location may hold. */
  private Set<String> names() {
    Set<String> known = names;
    if (known == null) {
      known = new HashSet<>();
      for (StructureDefinition type : definitions.fetchResourcesByType(StructureDefinition.class)) {
        for (ElementDefinition element : type.getSnapshot().getElement()) {
          String path = element.getPath();
          known.add(path.substring(path.lastIndexOf('.') + 1).replace("[x]", ""));
        }
      }
      names = known;
    }
    return known;
  }
}
