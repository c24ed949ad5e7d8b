package io.fingerpost.routes.inbound.housing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.reliability.Refusal;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The OpenAPI document says what the code does, and the schema is one. */
class OpenApiTest {

  /** Answered before the channel is reached: to whom, how often, how large. */
  private static final List<String> OUTSIDE =
      List.of(
          "TOKEN_NEEDED",
          "SCOPE_MISSING",
          "TOO_MANY_REQUESTS",
          "REQUEST_TOO_LARGE",
          "URL_TOO_LONG",
          "NOT_SUPPORTED");

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;

  OpenApiTest() throws IOException {
    document =
        new ObjectMapper(new YAMLFactory())
            .readTree(HousingSchema.published(PublishedController.OPENAPI));
  }

  @Test
  void namesEveryPathAndMethodThatIsServedAndNoOther() {
    Set<String> served = new TreeSet<>();
    for (Class<?> controller : List.of(HousingController.class, PublishedController.class)) {
      for (Method method : controller.getDeclaredMethods()) {
        Stream.of(method.getAnnotationsByType(GetMapping.class))
            .flatMap(mapping -> Stream.of(mapping.value()))
            .forEach(path -> served.add("get " + path));
        Stream.of(method.getAnnotationsByType(PostMapping.class))
            .flatMap(mapping -> Stream.of(mapping.value()))
            .forEach(path -> served.add("post " + path));
      }
    }
    Set<String> written = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> written.add(method + " " + path.getKey())));

    assertThat(written).isEqualTo(served);
  }

  @Test
  void namesEveryStatusOfAReferral() {
    Set<String> statuses = new TreeSet<>(Set.of("202", "401", "403", "429", "503"));
    HousingAnswers.STATUSES.values().forEach(status -> statuses.add(status.toString()));

    assertThat(names(document.at("/paths/~1housing~1referrals/post/responses")))
        .containsExactlyInAnyOrderElementsOf(statuses);
  }

  @Test
  void namesEveryCodeThatIsTold() {
    List<String> codes = new ArrayList<>(OUTSIDE);
    HousingAnswers.STATUSES.keySet().stream().map(Code::name).forEach(codes::add);
    codes.addAll(List.of("NOT_FOUND", "FAILED"));

    assertThat(document.at("/components/schemas/Code/enum").elements())
        .toIterable()
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  void namesEveryStateAReferralMayBeIn() {
    assertThat(document.at("/components/schemas/Standing/properties/state/enum").elements())
        .toIterable()
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            Stream.of(ReferralState.values()).map(ReferralState::code).toList());
  }

  @Test
  void hasAnExampleThatIsStored() {
    byte[] example =
        document
            .at("/paths/~1housing~1referrals/post/requestBody/content/application~1json/example")
            .toString()
            .getBytes(StandardCharsets.UTF_8);

    assertThat(new HousingContent().faults(example, WexcombeHomes.NOW)).isEmpty();
    assertThat(WexcombeHomes.stored(example).getEntry()).isNotEmpty();
  }

  @Test
  void describesTheAnswersAsTheyAre() {
    UUID reference = UUID.randomUUID();
    Fault fault = new Fault(Code.FIELD_MISSING, "/person", "Send it.");
    Refusal reused = new Refusal(Code.MESSAGE_ID_REUSED.name(), "message id", "Give another.");

    assertThat(faults("Receipt", HousingAnswers.taken(reference).getBody())).isEmpty();
    assertThat(
            faults(
                "Standing", HousingAnswers.standing(reference, "accepted", "accepted").getBody()))
        .isEmpty();
    for (var problem :
        List.of(
            HousingAnswers.refused(List.of(fault, fault)),
            HousingAnswers.refused(reused),
            HousingAnswers.unknown(),
            HousingAnswers.failed(Duration.ofSeconds(30)))) {
      assertThat(faults("Problem", problem.getBody())).isEmpty();
      assertThat(problem.getBody()).containsEntry("status", problem.getStatusCode().value());
    }
    assertThat(faults("Problem", List.of())).isNotEmpty();
  }

  @Test
  void holdsTheSchemaToJsonSchema() throws IOException {
    JsonNode schema = JSON.readTree(HousingSchema.published(HousingSchema.FILE));

    assertThat(
            SCHEMAS
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
                .validate(schema))
        .isEmpty();
    assertThat(schema.path("$schema").asText())
        .isEqualTo(SpecificationVersion.DRAFT_2020_12.getDialectId());
  }

  private List<?> faults(String component, Object answer) {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", SpecificationVersion.DRAFT_2020_12.getDialectId());
    schema.put("$ref", "#/components/schemas/" + component);
    schema.set("components", document.path("components"));
    return SCHEMAS.getSchema(schema).validate(JSON.valueToTree(answer));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
