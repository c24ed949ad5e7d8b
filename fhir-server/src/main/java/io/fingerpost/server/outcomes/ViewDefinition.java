package io.fingerpost.server.outcomes;

import java.io.IOException;
import java.util.List;
import org.hl7.fhir.utilities.json.model.JsonArray;
import org.hl7.fhir.utilities.json.model.JsonElement;
import org.hl7.fhir.utilities.json.model.JsonObject;
import org.hl7.fhir.utilities.json.model.JsonProperty;
import org.hl7.fhir.utilities.json.parser.JsonParser;

/** One shipped ViewDefinition, under the name its table has. */
record ViewDefinition(String name, String resourceType, String json) {

  /** Parts of the specification that say nothing about the rows, and that HL7's runner refuses. */
  private static final List<String> UNKNOWN_TO_THE_RUNNER =
      List.of("id", "meta", "language", "text", "fhirVersion", "profile", "copyrightLabel");

  static ViewDefinition parse(String json) throws IOException {
    JsonObject view = JsonParser.parseObject(json);
    return new ViewDefinition(view.asString("name"), view.asString("resource"), json);
  }

  /** A tree for one run: the runner writes its own notes into it, so runs cannot share one. */
  JsonObject forRunner() throws IOException {
    return forRunner(JsonParser.parseObject(json));
  }

  static JsonObject forRunner(JsonObject view) {
    UNKNOWN_TO_THE_RUNNER.forEach(view::remove);
    withoutIdTypes(view);
    return view;
  }

  /** R4's definitions say an id is a string: a column declared as id would be refused for it. */
  private static void withoutIdTypes(JsonElement element) {
    if (element instanceof JsonObject object) {
      if ("id".equals(object.asString("type"))) {
        object.remove("type");
      }
      for (JsonProperty property : object.getProperties()) {
        withoutIdTypes(property.getValue());
      }
    } else if (element instanceof JsonArray array) {
      array.forEach(ViewDefinition::withoutIdTypes);
    }
  }
}
