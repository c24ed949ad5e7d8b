package io.fingerpost.routes.inbound.housing;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The published schema, and what of it a landlord's JSON does not meet. Each place is told once, in
 * the words the schema itself has for it; the validator's own words may quote what was sent.
 */
final class HousingSchema {

  static final String FILE = "housing-referral.schema.json";

  private static final String NHS_NUMBER = "/person/nhsNumber";

  private final Schema schema;

  HousingSchema() {
    SchemaRegistryConfig strict =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .build();
    schema =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry -> registry.schemaRegistryConfig(strict))
            .getSchema(published(FILE), InputFormat.JSON);
  }

  /** A file of {@code docs}, as landlords read it. */
  static String published(String file) {
    try (InputStream stream = HousingSchema.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that does not meet it, in the order of the document, each place once. */
  List<Fault> faults(JsonNode sent) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    for (Error error : schema.validate(sent)) {
      Fault fault = fault(error);
      faults.putIfAbsent(fault.pointer(), fault);
    }
    return List.copyOf(faults.values());
  }

  private Fault fault(Error error) {
    String pointer = error.getInstanceLocation().toString();
    if (error.getKeyword().equals("required")) {
      String missing = pointer + "/" + error.getProperty();
      return new Fault(Code.FIELD_MISSING, missing, "It is missing. " + wanted(missing));
    }
    if (error.getKeyword().equals("additionalProperties")) {
      // What is unknown is not repeated: its name is the sender's word, and may be anything.
      return new Fault(
          Code.FIELD_INVALID,
          pointer,
          "It holds a name that is not in the schema. Send only " + names(pointer) + ".");
    }
    Code code = pointer.equals(NHS_NUMBER) ? Code.NHS_NUMBER_INVALID : Code.FIELD_INVALID;
    return new Fault(code, pointer, wanted(pointer));
  }

  private String wanted(String pointer) {
    JsonNode place = place(pointer);
    return place.path("description").asText("Send what the schema has there.");
  }

  private String names(String pointer) {
    TreeSet<String> names = new TreeSet<>();
    resolved(place(pointer)).path("properties").fieldNames().forEachRemaining(names::add);
    return String.join(", ", names);
  }

  /** The part of the schema that speaks of a place. */
  private JsonNode place(String pointer) {
    JsonNode place = schema.getSchemaNode();
    for (String step : pointer.split("/", -1)) {
      if (!step.isEmpty()) {
        JsonNode within = resolved(place);
        place = within.has("items") ? within.path("items") : within.path("properties").path(step);
      }
    }
    return place;
  }

  private JsonNode resolved(JsonNode place) {
    String reference = place.path("$ref").asText("");
    return reference.isEmpty() ? place : schema.getSchemaNode().at(reference.substring(1));
  }
}
