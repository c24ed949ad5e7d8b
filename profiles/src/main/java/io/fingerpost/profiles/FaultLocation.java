package io.fingerpost.profiles;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a fault is, made of nothing but names that FHIR defines: HL7's own path holds ids, and can
 * hold whatever a sender put in the place of a name.
 *
 * @param fhirPath {@code Bundle.entry[0].resource.ofType(Patient).identifier[1].value}
 * @param definition the same place in the definition of its resource: {@code
 *     Patient.identifier.value}
 */
record FaultLocation(String fhirPath, String definition) {
  /** {@code identifier[1]}, {@code effective[x]}, {@code resource/*Patient/4711*}{@code /}. */
  private static final Pattern STEP =
      Pattern.compile(
          "(?:ofType\\((?<cast>\\w+)\\)|(?<name>\\w+)(?:\\[x])?(?<index>\\[\\d+])?"
              + "(?:/\\*(?<type>\\w+)/.*?\\*/)?)(?<next>\\.|$)");

  /** Reads as much of HL7's path as consists of known names. */
  static FaultLocation of(@Nullable String path, Set<String> knownNames) {
    StringBuilder fhirPath = new StringBuilder();
    StringBuilder definition = new StringBuilder();
    Matcher step = STEP.matcher(path == null ? "" : path);
    while (step.lookingAt()) {
      String cast = step.group("cast");
      String name = cast == null ? step.group("name") : cast;
      if (!knownNames.contains(name)) {
        break;
      }
      String dot = fhirPath.isEmpty() ? "" : ".";
      if (cast != null) {
        fhirPath.append(dot).append("ofType(").append(cast).append(')');
      } else {
        String index = step.group("index");
        fhirPath.append(dot).append(name).append(index == null ? "" : index);
        definition.append(dot).append(name);
      }
      String type = step.group("type");
      if (type != null && knownNames.contains(type)) {
        fhirPath.append(".ofType(").append(type).append(')');
        definition.setLength(0);
        definition.append(type);
      }
      if (step.group("next").isEmpty()) {
        break;
      }
      step.region(step.end(), step.regionEnd());
    }
    return new FaultLocation(fhirPath.toString(), definition.toString());
  }

  /** The name a reader knows the place by: {@code value}; the type where it is a whole resource. */
  String name() {
    return definition.isEmpty()
        ? "The resource"
        : definition.substring(definition.lastIndexOf('.') + 1);
  }
}
