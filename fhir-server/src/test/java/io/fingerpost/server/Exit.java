package io.fingerpost.server;

import io.fingerpost.server.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;

/**
 * A way in which an answer could tell of a record: a request with {@code {id}}, {@code {patient}}
 * and {@code {nhs}} in the place of whose record it is, {@code {near}} for a plan that everybody
 * may see and that names it, and {@code {Organization}} and the like for who is named in it. What
 * there is, the server says itself, in its CapabilityStatement, so a type or an operation it gains
 * is asked for too.
 */
record Exit(String type, String method, String path, String body, String... headers) {

  private static final String EMPTY_PARAMETERS =
      "{\"resourceType\":\"Parameters\",\"parameter\":["
          + "{\"name\":\"patient\",\"valueReference\":{\"reference\":\"Patient/{patient}\"}},"
          + "{\"name\":\"resource\",\"valueReference\":{\"reference\":\"{T}/{id}\"}}]}";

  /** About nobody, and named in people's records. */
  static final List<String> NAMED =
      List.of("Organization", "Practitioner", "PractitionerRole", "Location", "HealthcareService");

  private static final Set<String> PLAIN =
      Set.of(
          "{T}/{id}",
          "{T}/{id}/_history",
          "{T}/{id}/_history/1",
          "{T}?_id={id}&_total=accurate",
          "{T}?_id={id}&_summary=count",
          "{T}?patient=Patient/{patient}&_total=accurate&_count=1",
          "{T}?patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}",
          "CarePlan/{near}",
          "CarePlan?_id={near}&_include=*&_total=accurate",
          "Patient?_id={patient}&_revinclude=*",
          "");

  /**
   * @param names what stands for {@code {id}} and the others
   */
  Answer ask(ApiClient client, Map<String, String> names) {
    String filled = fill(path, names);
    return switch (method) {
      case "GET" -> client.get("/fhir/" + filled, headers);
      case "HEAD" -> client.head("/fhir/" + filled);
      default -> client.send(method, "/fhir/" + filled, fill(body, names), headers);
    };
  }

  private String fill(String text, Map<String, String> names) {
    String filled = text.replace("{T}", type);
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled;
  }

  /** One of those that anybody would try first; the others are variations on them. */
  boolean isPlain() {
    return PLAIN.contains(path) && headers.length == 0;
  }

  /** Whether the request itself names the person by a number the answer may repeat. */
  boolean names() {
    return path.contains("{nhs}");
  }

  /** Whether the request itself names the record, by an id the answer may repeat. */
  boolean namesTheRecord() {
    return (path + body).contains("{id}");
  }

  /**
   * Whether it asks for the record or its person and for nothing else, so that the answer about
   * nobody stays what it is, whatever is stored meanwhile.
   */
  boolean isAboutThemAlone() {
    return Stream.of("{id}", "{patient}", "{nhs}").anyMatch(path::contains)
        && !path.contains("{near}")
        && NAMED.stream().noneMatch(one -> path.contains("{" + one + "}"));
  }

  @Override
  public String toString() {
    return method + " " + path.replace("{T}", type);
  }

  /** Every way to ask for records of a type. */
  static List<Exit> of(CapabilityStatement capabilities, String type) {
    CapabilityStatementRestComponent rest = capabilities.getRestFirstRep();
    List<Exit> exits = new ArrayList<>();
    Consumer<String> get = path -> exits.add(new Exit(type, "GET", path, ""));
    CapabilityStatementRestResourceComponent resource =
        rest.getResource().stream()
            .filter(one -> one.getType().equals(type))
            .findFirst()
            .orElseThrow();
    resource.getInteraction().forEach(one -> interaction(one.getCode().toCode(), type, exits));
    resource.getSearchParam().forEach(one -> search(one, type, get));
    Stream.concat(resource.getOperation().stream(), rest.getOperation().stream())
        .map(operation -> operation.getName().replaceFirst("^\\$", ""))
        .distinct()
        .forEach(name -> operation(name, type, exits));
    for (String name : List.of("everything", "export", "graphql", "expunge", "reindex", "match")) {
      operation(name, type, exits);
    }
    bundles(type, exits);
    near(get);
    get.accept("AuditEvent?entity={T}/{id}");
    get.accept("AuditEvent?patient=Patient/{patient}&_total=accurate");
    get.accept("Provenance?target={T}/{id}");
    get.accept("Provenance?target={T}/{id}&_include=Provenance:target&_total=accurate");
    get.accept("Patient?_id={patient}&_revinclude=*");
    get.accept("_history?_count=1");
    return exits;
  }

  private static void interaction(String code, String type, List<Exit> exits) {
    Consumer<String> get = path -> exits.add(new Exit(type, "GET", path, ""));
    String put = "{\"resourceType\":\"{T}\",\"id\":\"{id}\"}";
    switch (code) {
      case "read" -> {
        get.accept("{T}/{id}");
        get.accept("{T}/{id}?_summary=true");
        get.accept("{T}/{id}?_summary=text");
        get.accept("{T}/{id}?_elements=id");
        get.accept("{T}/{id}?_format=xml");
        exits.add(new Exit(type, "HEAD", "{T}/{id}", ""));
        for (String condition : List.of("W/\"1\"", "*")) {
          exits.add(new Exit(type, "GET", "{T}/{id}", "", "If-None-Match", condition));
        }
      }
      case "vread" -> {
        get.accept("{T}/{id}/_history/1");
        get.accept("{T}/{id}/_history/2");
      }
      case "history-instance" -> {
        get.accept("{T}/{id}/_history");
        get.accept("{T}/{id}/_history?_count=1&_summary=count");
      }
      case "history-type" -> get.accept("{T}/_history?_count=1");
      case "search-type" -> {
        for (String by : List.of("_id={id}", "_id={id},{id}1", "_lastUpdated=gt2000&_id={id}")) {
          for (String how :
              List.of("", "&_total=accurate", "&_summary=count", "&_count=0", "&_summary=text")) {
            get.accept("{T}?" + by + how);
          }
        }
        get.accept("{T}?_id={id}&_count=1&_offset=0");
        get.accept("{T}?_id={id}&_include=*&_revinclude:iterate=*");
        get.accept("{T}?_id={id}&_security:not=none");
        get.accept("{T}?_id={id}&_sort=-_lastUpdated&_elements=id");
        get.accept("{T}?_id={id}&_filter=_id eq {id}".replace(" ", "%20"));
        get.accept("{T}?_id={id}&visible-to=urn:fingerpost:audience:Z9S01:scheme:TREAT");
        exits.add(
            new Exit(
                type,
                "POST",
                "{T}/_search",
                "_id={id}&_total=accurate",
                "Content-Type",
                "application/x-www-form-urlencoded"));
      }
      case "create" -> {
        String post = "{\"resourceType\":\"{T}\"}";
        exits.add(
            new Exit(type, "POST", "{T}", post, "If-None-Exist", "patient=Patient/{patient}"));
      }
      case "update" -> {
        exits.add(new Exit(type, "PUT", "{T}/{id}", put));
        exits.add(new Exit(type, "PUT", "{T}/{id}", put, "If-Match", "W/\"1\""));
        exits.add(new Exit(type, "PUT", "{T}?_id={id}", put));
      }
      case "patch" -> exits.add(new Exit(type, "PATCH", "{T}/{id}", "[]"));
      case "delete" -> {
        exits.add(new Exit(type, "DELETE", "{T}/{id}", ""));
        exits.add(new Exit(type, "DELETE", "{T}?_id={id}", ""));
      }
      default -> throw new AssertionError("no way is known here to try the interaction " + code);
    }
  }

  private static void search(
      CapabilityStatementRestResourceSearchParamComponent parameter,
      String type,
      Consumer<String> get) {
    String name = parameter.getName();
    String value =
        switch (parameter.getType()) {
          case REFERENCE -> "=Patient/{patient}";
          case DATE -> "=ge1900-01-01";
          case TOKEN -> ":not=none";
          case STRING -> "=a";
          case URI -> "=urn:none";
          case QUANTITY, NUMBER -> "=ge0";
          default -> throw new AssertionError("no value is known here for " + parameter.getType());
        };
    get.accept("{T}?_id={id}&" + name + value);
    get.accept("{T}?_id={id}&" + name + ":missing=true&_total=accurate");
    get.accept("{T}?_id={id}&_sort=-" + name);
    get.accept("Organization?_has:{T}:" + name + ":_id={id}&_total=accurate");
    get.accept("Patient?_has:{T}:" + name + ":_id={id}&_summary=count");
    if (value.startsWith("=Patient")) {
      for (String other : NAMED) {
        get.accept(other + "?_has:{T}:" + name + ":_id={id}&_total=accurate");
        get.accept(other + "?_has:{T}:" + name + ":patient=Patient/{patient}&_summary=count");
        get.accept(other + "?_id={" + other + "}&_revinclude={T}:" + name + "&_total=accurate");
        get.accept("{T}?_id={id}&_total=accurate&" + name + "=" + other + "/{" + other + "}");
      }
      get.accept("{T}?" + name + value + "&_total=accurate&_count=1");
      get.accept("{T}?" + name + ".identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}");
      get.accept("{T}?" + name + ":Patient.family=a&_id={id}&_total=accurate");
      get.accept("{T}?_id={id}&_sort=" + name + ".family");
      get.accept("{T}?_id={id}&_include={T}:" + name);
      get.accept("Patient?_id={patient}&_revinclude={T}:" + name + "&_total=accurate");
    }
  }

  /** Around what may be seen, for what it says of what may not. */
  private static void near(Consumer<String> get) {
    get.accept("CarePlan/{near}");
    get.accept("CarePlan/{near}/_history");
    get.accept("CarePlan/{near}/_history/1");
    get.accept("CarePlan?_id={near}&_include=*&_total=accurate");
    get.accept("CarePlan?_id={near}&_include=CarePlan:activity-reference");
    get.accept("CarePlan?_id={near}&_include:iterate=*&_revinclude:iterate=*");
    for (String chained :
        List.of(
            "._id={id}",
            ":{T}._id={id}",
            ".patient=Patient/{patient}",
            ":{T}.patient=Patient/{patient}",
            ":{T}.patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}",
            ".patient.identifier=https://fhir.nhs.uk/Id/nhs-number|{nhs}")) {
      get.accept("CarePlan?_id={near}&activity-reference" + chained);
    }
    get.accept("CarePlan?_id={near}&_filter=activity-reference eq {T}/{id}".replace(" ", "%20"));
    get.accept("CarePlan?_id={near}&_sort=activity-reference.patient");
    get.accept("{T}?_has:CarePlan:activity-reference:_id={near}&_total=accurate");
  }

  private static void operation(String name, String type, List<Exit> exits) {
    for (String path : List.of("{T}/{id}/$", "{T}/$", "$")) {
      exits.add(new Exit(type, "GET", path + name, ""));
      exits.add(new Exit(type, "POST", path + name, EMPTY_PARAMETERS));
    }
  }

  private static void bundles(String type, List<Exit> exits) {
    String entries =
        "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":["
            + "{\"request\":{\"method\":\"GET\",\"url\":\"{T}/{id}\"}},"
            + "{\"request\":{\"method\":\"GET\",\"url\":\"{T}?_id={id}&_total=accurate\"}},"
            + "{\"request\":{\"method\":\"GET\",\"url\":\"{T}?_id={id}&_summary=count\"}},"
            + "{\"request\":{\"method\":\"GET\",\"url\":\"{T}/{id}/_history\"}}]}";
    for (String kind : List.of("batch", "transaction")) {
      exits.add(new Exit(type, "POST", "", entries.formatted(kind)));
    }
  }
}
