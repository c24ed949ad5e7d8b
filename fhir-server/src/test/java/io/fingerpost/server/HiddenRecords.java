package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * One record of each type about a person, made from the examples of the profiles, each with a word
 * in its narrative that is found nowhere else.
 */
record HiddenRecords(Person person, Patient patient, String mark, Map<String, String> ids) {

  private static final String ODS = "https://fhir.nhs.uk/Id/ods-organization-code";
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  /**
   * @param label a confidentiality code for all of them, or null for none
   */
  static HiddenRecords store(ApiClient scheme, List<String> types, @Nullable String label) {
    Person person = Person.next();
    String mark = "mark" + person.nhsNumber();
    Patient patient = scheme.create(marked(Records.patient(person), mark, label));
    HiddenRecords records = new HiddenRecords(person, patient, mark, new LinkedHashMap<>());
    records.ids.put("Patient", patient.getIdElement().getIdPart());
    for (String type : types) {
      if (!type.equals("Patient")) {
        records.ids.put(type, records.store(scheme, type, label));
      }
    }
    return records;
  }

  /** From the first of its examples that the server takes for this person. */
  private String store(ApiClient scheme, String type, @Nullable String label) {
    IParser parser = FHIR.newJsonParser();
    String last = "there is none";
    for (Resource example : examples(type)) {
      DomainResource record = (DomainResource) parser.parseResource(text(example));
      record.setId((String) null);
      record.getContained().clear();
      FHIR.newTerser()
          .getAllPopulatedChildElementsOfType(record, Reference.class)
          .forEach(this::turn);
      Answer answer =
          scheme.send(
              "POST", "/fhir/" + type, parser.encodeResourceToString(marked(record, mark, label)));
      if (answer.status() == 201) {
        return answer.resource(record.getClass()).getIdElement().getIdPart();
      }
      last = answer.body();
    }
    throw new AssertionError("no example of " + type + " can be stored for a person: " + last);
  }

  /** To this person, to what is stored of this person already, or to an organisation by name. */
  private void turn(Reference reference) {
    String target = reference.getReferenceElement().getResourceType();
    boolean person =
        "Patient".equals(target)
            || "https://fhir.nhs.uk/Id/nhs-number".equals(reference.getIdentifier().getSystem());
    if (ODS.equals(reference.getIdentifier().getSystem())
        && !"Z9S01".equals(reference.getIdentifier().getValue())) {
      // Of nobody among the clients: a sender may read back what it sent.
      reference.getIdentifier().setValue("Z9L77");
    }
    if (person) {
      reference.setIdentifier(null).setReference(referenceTo(patient));
    } else if (target != null && ids.containsKey(target)) {
      reference.setReference(target + "/" + ids.get(target));
    } else if (target != null) {
      reference.setReference(null).setDisplay("Made up");
    }
  }

  private static <R extends DomainResource> R marked(
      R record, String mark, @Nullable String label) {
    record.getText().setStatus(NarrativeStatus.ADDITIONAL);
    record.getText().setDivAsString("<div>" + mark + "</div>");
    if (label != null) {
      record
          .getMeta()
          .addSecurity(
              new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", label, null));
    }
    return record;
  }

  private static List<Resource> examples(String type) {
    try {
      return Arrays.stream(
              new PathMatchingResourcePatternResolver()
                  .getResources("classpath*:examples/valid/" + type + "-*.json"))
          .sorted(
              Comparator.comparing(
                  Resource::getFilename, Comparator.nullsLast(Comparator.naturalOrder())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Resource example) {
    try {
      return example.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String id(String type) {
    return ids.getOrDefault(type, "");
  }
}
