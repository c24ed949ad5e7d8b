package io.fingerpost.server;

import static io.fingerpost.server.Records.referenceTo;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.server.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * One record of each type about a person, made from the examples of the profiles, each with a word
 * in its narrative that is found nowhere else. They name an organisation and a professional who are
 * in the store, or nobody could look for them there.
 *
 * @param others ids of those who are about nobody and are named, by type
 * @param near id of a plan of another person's that names these records, and that everybody may see
 */
record HiddenRecords(
    Person person,
    Patient patient,
    String mark,
    Map<String, String> ids,
    Map<String, String> others,
    String near) {

  private static final String ODS = "https://fhir.nhs.uk/Id/ods-organization-code";
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  /**
   * @param label a confidentiality code for all of them, or null for none
   */
  static HiddenRecords store(ApiClient scheme, List<String> types, @Nullable String label) {
    Person person = Person.next();
    String mark = "mark" + person.nhsNumber();
    Map<String, String> others = new LinkedHashMap<>();
    HiddenRecords nobodys = new HiddenRecords(person, new Patient(), mark, Map.of(), others, "");
    for (String type : Exit.NAMED) {
      others.put(type, nobodys.store(scheme, type, record -> {}));
    }
    Patient patient = scheme.create(marked(Records.patient(person), mark, label));
    Map<String, String> ids = new LinkedHashMap<>();
    HiddenRecords records = new HiddenRecords(person, patient, mark, ids, others, "");
    ids.put("Patient", patient.getIdElement().getIdPart());
    for (String type : types) {
      if (!type.equals("Patient")) {
        ids.put(type, records.store(scheme, type, record -> marked(record, mark, label)));
      }
    }
    records.store(scheme, "Provenance", record -> ofAll(marked(record, mark, label), ids));
    return new HiddenRecords(person, patient, mark, ids, others, records.storeNear(scheme));
  }

  private static void ofAll(DomainResource provenance, Map<String, String> ids) {
    List<Reference> all = new ArrayList<>();
    ids.forEach((type, id) -> all.add(new Reference(type + "/" + id)));
    ((Provenance) provenance).setTarget(all);
  }

  /** What stands for each name in a request. */
  Map<String, String> names(String type) {
    Map<String, String> names = new LinkedHashMap<>(others);
    names.put("near", near);
    names.put("id", id(type));
    names.put("patient", id("Patient"));
    names.put("nhs", person.nhsNumber());
    return names;
  }

  /** The neighbour lets everybody know everything, and her plan speaks of these records. */
  private String storeNear(ApiClient scheme) {
    Patient neighbour = scheme.create(Records.patient(Person.next()));
    Consent open = Records.consent(neighbour, "Z9L77");
    open.getProvision().getActor().clear();
    scheme.create(open);
    CarePlan plan = Records.plan(neighbour, "With the neighbours");
    for (String type : List.of("ServiceRequest", "Task", "Appointment")) {
      plan.addActivity()
          .setReference(new Reference(type + "/" + id(type)).setDisplay(mark + " " + type));
    }
    return scheme.create(plan).getIdElement().getIdPart();
  }

  /** From the first of its examples that the server takes for this person. */
  private String store(ApiClient scheme, String type, Consumer<DomainResource> mark) {
    IParser parser = FHIR.newJsonParser();
    String last = "there is none";
    for (Resource example : examples(type)) {
      DomainResource record = (DomainResource) parser.parseResource(text(example));
      record.setId((String) null);
      record.getContained().clear();
      FHIR.newTerser()
          .getAllPopulatedChildElementsOfType(record, Reference.class)
          .forEach(this::turn);
      nameOthersIn(record);
      mark.accept(record);
      Answer answer = scheme.send("POST", "/fhir/" + type, parser.encodeResourceToString(record));
      if (answer.status() == 201) {
        return answer.resource(record.getClass()).getIdElement().getIdPart();
      }
      last = answer.body();
    }
    throw new AssertionError("no example of " + type + " can be stored for a person: " + last);
  }

  /** By reference: what is only identified is found by nobody who looks from the other end. */
  private void nameOthersIn(DomainResource record) {
    if (record instanceof Organization organisation) {
      // Of nobody among the clients: a sender may read back what it sent.
      organisation.setIdentifier(List.of(new OdsCode("Z9L77").toIdentifier()));
    } else if (record instanceof ServiceRequest request) {
      request.setRequester(to("Organization"));
      request.setPerformer(List.of(to("Practitioner"), to("HealthcareService")));
    } else if (record instanceof Task task) {
      task.setRequester(to("Organization")).setOwner(to("PractitionerRole"));
    } else if (record instanceof CareTeam team) {
      team.addParticipant().setMember(to("Practitioner"));
    }
  }

  private Reference to(String type) {
    return new Reference(type + "/" + others.get(type));
  }

  /** To this person, or to what is stored already; of an organisation we know the code alone. */
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
    } else if (target != null && others.containsKey(target)) {
      reference.setReference(to(target).getReference());
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
