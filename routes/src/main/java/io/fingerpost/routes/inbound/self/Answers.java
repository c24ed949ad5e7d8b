package io.fingerpost.routes.inbound.self;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What was answered to each question of the form, by the question's id. */
final class Answers {

  private final Map<String, List<Type>> given = new HashMap<>();

  void put(String linkId, List<Type> values) {
    given.put(linkId, List.copyOf(values));
  }

  boolean has(String linkId) {
    return given.containsKey(linkId);
  }

  List<String> texts(String linkId) {
    return given.getOrDefault(linkId, List.of()).stream()
        .map(Type::primitiveValue)
        .filter(Objects::nonNull)
        .map(String::strip)
        .toList();
  }

  Optional<String> text(String linkId) {
    return texts(linkId).stream().findFirst();
  }

  @Nullable String textOrNull(String linkId) {
    return text(linkId).orElse(null);
  }

  List<Coding> codings(String linkId) {
    return given.getOrDefault(linkId, List.of()).stream()
        .filter(Coding.class::isInstance)
        .map(Coding.class::cast)
        .toList();
  }

  Optional<String> code(String linkId) {
    return codings(linkId).stream().map(Coding::getCode).findFirst();
  }

  Optional<Boolean> flag(String linkId) {
    return given.getOrDefault(linkId, List.of()).stream()
        .filter(BooleanType.class::isInstance)
        .map(answer -> ((BooleanType) answer).booleanValue())
        .findFirst();
  }
}
