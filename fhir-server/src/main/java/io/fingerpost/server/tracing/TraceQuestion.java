package io.fingerpost.server.tracing;

import io.fingerpost.profiles.identity.NhsNumber;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;

/**
 * What is asked about a person: their record by number, or without one who answers their
 * description, as the service recommends for a unique match (no gender, history included).
 *
 * @param number the NHS number; empty where the person has none here
 * @param by the search's parameters
 * @param description what the answer is compared with
 */
record TraceQuestion(Optional<NhsNumber> number, Map<String, List<String>> by, String description) {

  private static final int WHOLE_DATE = 10;

  /** Empty where there is not enough to ask by. */
  static Optional<TraceQuestion> about(Patient person) {
    Optional<NhsNumber> number =
        TraceRules.numberOf(person).flatMap(one -> NhsNumber.parse(one.getValue()));
    String description = describe(person);
    if (number.isPresent()) {
      return Optional.of(new TraceQuestion(number, Map.of(), description));
    }
    Map<String, List<String>> by = search(person);
    return by.isEmpty()
        ? Optional.empty()
        : Optional.of(new TraceQuestion(number, by, description));
  }

  private static Map<String, List<String>> search(Patient person) {
    String born = person.hasBirthDate() ? person.getBirthDateElement().getValueAsString() : "";
    Optional<HumanName> name =
        person.getName().stream().filter(one -> one.hasFamily() && one.hasGiven()).findFirst();
    Optional<String> postcode =
        person.getAddress().stream()
            .filter(Address::hasPostalCode)
            .map(Address::getPostalCode)
            .findFirst();
    if (born.length() != WHOLE_DATE || name.isEmpty() || postcode.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> by = new LinkedHashMap<>();
    by.put("family", List.of(name.get().getFamily()));
    by.put("given", List.of(name.get().getGiven().get(0).getValue()));
    by.put("birthdate", List.of("eq" + born));
    by.put("address-postalcode", List.of(postcode.get()));
    by.put("_history", List.of("true"));
    return by;
  }

  private static String describe(Patient person) {
    StringBuilder description = new StringBuilder();
    description.append(
        person.hasBirthDate() ? person.getBirthDateElement().getValueAsString() : "");
    for (HumanName name : person.getName()) {
      description
          .append('|')
          .append(name.getFamily())
          .append(',')
          .append(name.getGivenAsSingleString());
    }
    return description.toString();
  }

  /** What names it: the same question has the same. It tells nothing of the person. */
  String digest() {
    String all = number.map(NhsNumber::value).orElse("") + "|" + by + "|" + description;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Never what is asked: it names a person. */
  @Override
  public String toString() {
    return "TraceQuestion[…]";
  }
}
