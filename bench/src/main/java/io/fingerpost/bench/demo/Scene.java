package io.fingerpost.bench.demo;

import static io.fingerpost.bench.partner.FhirApi.identifier;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The people of the journey, those who talk about them, and what earlier steps have found. */
final class Scene {

  private static final String NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";

  private final Partners partners;
  private final Listeners listeners;
  private final Certificates certificates;
  private final Person referredByHospital;
  private final Person referredByGp;
  private final Person referredByLandlord;
  private final Person whoAsksThemselves;
  private final Person referredByCouncil;
  private final Person askedByCouncil;
  private final Map<String, String> found = new HashMap<>();

  Scene(Partners partners, Listeners listeners, Certificates certificates) {
    this.partners = partners;
    this.listeners = listeners;
    this.certificates = certificates;
    NhsNumbers numbers = new NhsNumbers(1);
    this.referredByHospital = Person.of(numbers.next());
    this.referredByGp = Person.of(numbers.next());
    this.referredByLandlord = Person.of(numbers.next());
    this.whoAsksThemselves = Person.of(numbers.next());
    this.referredByCouncil = Person.of(numbers.next());
    this.askedByCouncil = Person.of(numbers.next());
  }

  Person referredByHospital() {
    return referredByHospital;
  }

  Person referredByGp() {
    return referredByGp;
  }

  Person referredByLandlord() {
    return referredByLandlord;
  }

  Person whoAsksThemselves() {
    return whoAsksThemselves;
  }

  Person referredByCouncil() {
    return referredByCouncil;
  }

  /** Of whom the council does not say whether they agree. */
  Person askedByCouncil() {
    return askedByCouncil;
  }

  Listeners listeners() {
    return listeners;
  }

  Certificates certificates() {
    return certificates;
  }

  Partners partners() {
    return partners;
  }

  FhirApi scheme() {
    return partners.as(DemoPartners.SCHEME);
  }

  /** Remembers where something is stored: {@code ServiceRequest/12}. */
  String keep(String name, String reference) {
    found.put(name, reference);
    return reference;
  }

  /** As {@link #keep}, of what a create has answered with. */
  String keepCreated(String name, Answer created) {
    if (created.status() != 201) {
      throw new IllegalStateException(
          "HTTP " + created.status() + " " + created.at("/issue/0/diagnostics"));
    }
    return keep(name, referenceTo(created.json()));
  }

  String of(String name) {
    String reference = found.get(name);
    if (reference == null) {
      throw new IllegalStateException("an earlier step found no " + name);
    }
    return reference;
  }

  static String referenceTo(JsonNode resource) {
    return resource.path("resourceType").asText() + "/" + resource.path("id").asText();
  }

  static String ofPerson(Person person) {
    return identifier(NHS_NUMBER, person.nhsNumber());
  }

  /** The resources of a search's answer; an answer that is none is an error of the step. */
  static List<JsonNode> resources(Answer answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException(
          "HTTP " + answer.status() + " " + answer.at("/issue/0/diagnostics"));
    }
    return StreamSupport.stream(answer.json().path("entry").spliterator(), false)
        .map(entry -> entry.path("resource"))
        .toList();
  }

  /** The only resource of a search's answer. */
  static JsonNode only(Answer answer) {
    List<JsonNode> resources = resources(answer);
    if (resources.size() != 1) {
      throw new IllegalStateException("one was to be there, there are " + resources.size());
    }
    return resources.get(0);
  }
}
