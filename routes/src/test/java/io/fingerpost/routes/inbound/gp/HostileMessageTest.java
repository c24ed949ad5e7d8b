package io.fingerpost.routes.inbound.gp;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.terminology.CodeTranslator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come, there is a referral or a refusal: no other exception, no long wait. */
class HostileMessageTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<JsonNode> ODD =
      List.of(
          JsonNodeFactory.instance.nullNode(),
          JsonNodeFactory.instance.textNode(""),
          JsonNodeFactory.instance.textNode("#x"),
          JsonNodeFactory.instance.textNode("urn:uuid:"),
          JsonNodeFactory.instance.numberNode(-1),
          JsonNodeFactory.instance.booleanNode(true),
          JsonNodeFactory.instance.objectNode(),
          JsonNodeFactory.instance.arrayNode());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "{}",
        "{\"resourceType\":\"Bundle\"",
        "{\"resourceType\":\"Nothing\"}",
        "{\"resourceType\":\"Bundle\",\"type\":\"message\",\"entry\":{}}",
        "<",
        "<Bundle/>",
        "<Bundle xmlns=\"http://hl7.org/fhir\"><entry>",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>",
        "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"message\"/>&unknown;</Bundle>",
        "MSH|^~\\&|A|B"
      })
  void refusesWhatIsNoMessage(String text) {
    assertThat(refusal(text.getBytes(UTF_8)).code()).isEqualTo(Code.MESSAGE_MALFORMED);
  }

  @Test
  void refusesOtherCharsets() {
    String text = new String(GpMessages.referral(), UTF_8);
    assertThat(refusal(text.getBytes(UTF_16)).code()).isEqualTo(Code.CHARSET_UNSUPPORTED);
    byte[] latin1 =
        text.replace("Edna", "Edn\u00e4").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(refusal(latin1).code()).isEqualTo(Code.CHARSET_UNSUPPORTED);
    byte[] utf16 = text.getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    assertThat(refusal(utf16).code()).isEqualTo(Code.CHARSET_UNSUPPORTED);
  }

  @Test
  void readsAByteOrderMark() {
    byte[] marked = ("\uFEFF" + new String(GpMessages.referral(), UTF_8)).getBytes(UTF_8);
    assertThat(GpMessages.stored(marked)).isEqualTo(GpMessages.stored(GpMessages.referral()));
  }

  @Test
  void refusesDeepNestingWithoutFallingOver() {
    String json = "{\"resourceType\":\"Bundle\",\"entry\":" + "[".repeat(200_000);
    assertThat(refusal(json.getBytes(UTF_8)).code()).isEqualTo(Code.MESSAGE_MALFORMED);
    String extensions =
        "{\"resourceType\":\"Bundle\"," + "\"extension\":[{".repeat(300) + "}]".repeat(300) + "}";
    assertThat(refusal(extensions.getBytes(UTF_8)).code()).isEqualTo(Code.MESSAGE_MALFORMED);
    String xml = "<Bundle xmlns=\"http://hl7.org/fhir\">" + "<entry>".repeat(100_000);
    assertThat(refusal(xml.getBytes(UTF_8)).code()).isEqualTo(Code.MESSAGE_MALFORMED);
  }

  @Test
  void refusesNarrativeNestedBeyondReason() {
    String deep = "<div>".repeat(50_000) + "</div>".repeat(50_000);
    String text =
        new String(GpMessages.referral(), UTF_8).replace("Edna Quillfeather<", deep + "<");
    Throwable thrown = catchThrowable(() -> GpMessages.stored(text.getBytes(UTF_8)));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(MessageRefused.class);
    }
  }

  @Test
  void readsTenThousandEntriesInTime() throws IOException {
    ObjectNode bundle = (ObjectNode) JSON.readTree(GpMessages.referral());
    String patient = bundle.at("/entry/2/fullUrl").asText();
    for (int index = 0; index < 10_000; index++) {
      ObjectNode observation = ((ArrayNode) bundle.get("entry")).addObject().putObject("resource");
      observation.put("resourceType", "Observation").put("id", "o" + index).put("status", "final");
      observation.putObject("code").put("text", "one of many");
      observation.putObject("subject").put("reference", patient);
    }
    byte[] body = JSON.writeValueAsBytes(bundle);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> new GpTranslator(new CodeTranslator()).translate(GpMessages.kept(body)));
  }

  /** Every node of a good message, replaced by each of several odd ones, and left out. */
  @Test
  void givesAReferralOrARefusalForEveryMutation() throws IOException {
    JsonNode good = JSON.readTree(GpMessages.referral());
    List<Throwable> others = new ArrayList<>();
    int[] tried = new int[1];
    mutate(good, good, others, tried);
    assertThat(tried[0]).isGreaterThan(1000);
    assertThat(others).isEmpty();
  }

  private static void mutate(JsonNode root, JsonNode at, List<Throwable> others, int[] tried)
      throws IOException {
    if (at instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode kept = object.get(name);
        for (JsonNode odd : ODD) {
          object.set(name, odd);
          judge(root, others, tried);
        }
        object.remove(name);
        judge(root, others, tried);
        if (kept.isValueNode()) {
          object
              .putObject("_" + name)
              .putArray("extension")
              .addObject()
              .put("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason")
              .put("valueCode", "unknown");
          judge(root, others, tried);
          object.remove("_" + name);
        }
        object.set(name, kept);
        mutate(root, kept, others, tried);
      }
    } else if (at instanceof ArrayNode array) {
      for (int index = 0; index < array.size(); index++) {
        JsonNode kept = array.get(index);
        for (JsonNode odd : ODD) {
          array.set(index, odd);
          judge(root, others, tried);
        }
        array.set(index, kept);
        mutate(root, kept, others, tried);
      }
    }
  }

  private static void judge(JsonNode root, List<Throwable> others, int[] tried) throws IOException {
    byte[] body = JSON.writeValueAsBytes(root);
    tried[0]++;
    Throwable thrown = catchThrowable(() -> GpMessages.stored(body));
    if (thrown != null && !(thrown instanceof MessageRefused)) {
      others.add(thrown);
    } else if (thrown instanceof MessageRefused refused) {
      assertThat(refused.getMessage()).doesNotContain("Quillfeather", "9990000018", "REF-2041");
    }
  }

  private static MessageRefused refusal(byte[] body) {
    Throwable thrown = catchThrowable(() -> GpMessages.stored(body));
    assertThat(thrown).isInstanceOf(MessageRefused.class);
    return (MessageRefused) thrown;
  }
}
