package io.fingerpost.profiles;

import static io.fingerpost.profiles.ProfileValidatorTest.CONTEXT;
import static io.fingerpost.profiles.ProfileValidatorTest.VALIDATOR;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plants a person's name and NHS number in every place of a referral, one after the other, where it
 * does not belong, and reads every fault for it.
 */
class ValuesStayOutTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static JsonNode referral;

  @BeforeAll
  static void readTheReferral() throws IOException {
    try (InputStream file =
        ValuesStayOutTest.class.getResourceAsStream("/referral-transaction.json")) {
      referral = JSON.readTree(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zebedee Quillfeather 9990000042",
        "9990000042",
        "https://quillfeather.example/9990000042",
        "Patient/Quillfeather",
        "urn:uuid:Quillfeather",
        "Quillfeather//9990000042",
        "Patient?identifier=9990000042 Quillfeather",
        "Quillfeather*/.9990000042",
        "Quillfeather*/*/ /*",
        "<b>Quillfeather</b>",
        " "
      })
  void whereverAValueStands(String planted) {
    int found = 0;
    for (int place = 0; place < leaves(referral); place++) {
      JsonNode copy = referral.deepCopy();
      plant(copy, place, planted);
      found += faultsOf(copy.toString());
      if (place % 5 == planted.length() % 5) {
        found += faultsAfterParsing(copy.toString());
      }
    }
    assertThat(found).as("faults found with the value in some place").isPositive();
  }

  @Test
  void whereAPropertyIsMadeUp() {
    everyObject(object -> object.put("Quillfeather", "9990000042"));
    everyObject(object -> object.put("quillfeather", 9990000042L));
    everyObject(object -> object.put("9990000042", true));
    everyObject(object -> object.putObject("_Quillfeather").put("id", "9990000042"));
    everyObject(object -> object.putArray("name").add("Quillfeather").add(9990000042L));
    everyObject(object -> object.putObject("identifier").put("value", "9990000042"));
    everyObject(object -> object.put("resourceType", "Quillfeather"));
    everyObject(object -> object.put("id", "Quillfeather 9990000042"));
    everyObject(
        object -> object.putArray("extension").addObject().put("url", "Quillfeather 9990000042"));
    everyObject(
        object ->
            object
                .putArray("modifierExtension")
                .addObject()
                .put("url", "https://quillfeather.example")
                .put("valueString", "9990000042"));
    everyObject(
        object ->
            object
                .putArray("contained")
                .addObject()
                .put("resourceType", "Patient")
                .put("id", "Quillfeather")
                .put("gender", "9990000042"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Quillfeather", "{\"Quillfeather\":", "[9990000042]", "{}", "null"})
  void whereTheTextIsNoResource(String text) {
    assertThat(faultsOf(text)).isPositive();
  }

  private static void everyObject(Consumer<ObjectNode> change) {
    int found = 0;
    List<JsonNode> places = objects(referral);
    for (int place = 0; place < places.size(); place++) {
      JsonNode copy = referral.deepCopy();
      change.accept((ObjectNode) objects(copy).get(place));
      found += faultsOf(copy.toString());
    }
    assertThat(found).isPositive();
  }

  private static int faultsOf(String json) {
    return check(VALIDATOR.faultsInJson(json));
  }

  private static int faultsAfterParsing(String json) {
    IBaseResource parsed;
    try {
      parsed = CONTEXT.newJsonParser().parseResource(json);
    } catch (DataFormatException | IllegalArgumentException e) {
      return 0; // HAPI's parser refused it before it came to us
    }
    return check(VALIDATOR.faults(parsed));
  }

  private static int check(List<Fault> faults) {
    assertThat(faults.toString())
        .doesNotContainIgnoringCase("quillfeather")
        .doesNotContain("9990000042", "9990000018", "Attwater", "1948", "BRAM-2026");
    assertThat(faults).noneMatch(fault -> fault.what().isBlank());
    return faults.size();
  }

  private static int leaves(JsonNode node) {
    if (node.isValueNode()) {
      return 1;
    }
    int sum = 0;
    for (JsonNode child : node) {
      sum += leaves(child);
    }
    return sum;
  }

  private static void plant(JsonNode tree, int place, String planted) {
    int passed = 0;
    for (JsonNode parent : parents(tree)) {
      if (parent instanceof ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i).isValueNode() && passed++ == place) {
            array.set(i, planted);
            return;
          }
        }
      } else {
        for (String name : names(parent)) {
          if (parent.get(name).isValueNode() && passed++ == place) {
            ((ObjectNode) parent).put(name, planted);
            return;
          }
        }
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> parents(JsonNode tree) {
    List<JsonNode> found = new ArrayList<>();
    if (tree.isContainerNode()) {
      found.add(tree);
      tree.forEach(child -> found.addAll(parents(child)));
    }
    return found;
  }

  private static List<JsonNode> objects(JsonNode tree) {
    return parents(tree).stream().filter(JsonNode::isObject).toList();
  }
}
