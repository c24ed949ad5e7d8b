package io.fingerpost.server.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fingerpost.terminology.SystemUrl;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * An event as FHIR's AuditEvent, in the manner of IHE's Basic Audit Log Patterns for a decision
 * about consent: one for each person, as these have it for what a search finds.
 */
final class EventText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String BALP = "https://profiles.ihe.net/ITI/BALP/CodeSystem/";
  private static final String ENTITY_TYPE =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";

  private final JsonGenerator json;

  private EventText(JsonGenerator json) {
    this.json = json;
  }

  static String of(Event event, Event.Part part, String id, Instant recorded) {
    StringWriter text = new StringWriter(2048);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new EventText(json).write(event, part, id, recorded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write(Event event, Event.Part part, String id, Instant recorded) throws IOException {
    json.writeStartObject();
    json.writeStringField("resourceType", "AuditEvent");
    json.writeStringField("id", id);
    if (event.acts()) {
      coding("type", DICOM, "110110", "Patient Record");
    } else {
      coding("type", DICOM, "110113", "Security Alert");
    }
    subtypes(event);
    json.writeStringField("action", event.action());
    json.writeStringField("recorded", INSTANT.format(recorded));
    json.writeStringField("outcome", event.outcome());
    json.writeArrayFieldStart("purposeOfEvent");
    concept(SystemUrl.V3_ACT_REASON.url(), event.purpose(), "");
    json.writeEndArray();
    agents(event);
    json.writeObjectFieldStart("source");
    json.writeObjectFieldStart("observer");
    json.writeStringField("display", "Fingerpost");
    json.writeEndObject();
    json.writeEndObject();
    entities(event, part);
    json.writeEndObject();
  }

  private void subtypes(Event event) throws IOException {
    json.writeArrayFieldStart("subtype");
    if (event.acts()) {
      coding(SystemUrl.OPERATOR_ACT.url(), event.kind(), "");
    } else if (event.matches()) {
      coding(SystemUrl.MATCHING.url(), "match-person", "");
    } else {
      coding(SystemUrl.CONSENT_PROVISION_TYPE.url(), event.answer(), "");
      if (event.overrides()) {
        coding(SystemUrl.SHARE_REASON.url(), event.kind(), "");
      }
      coding(BALP + "AuthZsubType", "AuthZ-Consent", "");
    }
    json.writeEndArray();
  }

  private void agents(Event event) throws IOException {
    json.writeArrayFieldStart("agent");
    json.writeStartObject();
    json.writeFieldName("type");
    concept(SystemUrl.V3_PARTICIPATION_TYPE.url(), "IRCP", "information recipient");
    who(SystemUrl.ODS_ORGANISATION.url(), event.organisation());
    json.writeStringField("name", event.client());
    json.writeBooleanField("requestor", true);
    json.writeEndObject();
    json.writeStartObject();
    json.writeFieldName("type");
    concept(DICOM, "110150", "Application");
    who(SystemUrl.CLIENT.url(), event.client());
    json.writeBooleanField("requestor", false);
    json.writeEndObject();
    json.writeEndArray();
  }

  private void entities(Event event, Event.Part part) throws IOException {
    json.writeArrayFieldStart("entity");
    for (String person : part.people()) {
      json.writeStartObject();
      what(person);
      coding("type", ENTITY_TYPE, "1", "Person");
      coding("role", OBJECT_ROLE, "1", "Patient");
      json.writeEndObject();
    }
    if (!part.basis().isEmpty()) {
      json.writeStartObject();
      what(part.basis());
      coding("type", "http://hl7.org/fhir/resource-types", "Consent", "Consent");
      json.writeEndObject();
    }
    said(event.acts() ? "act" : "decision", event.details());
    if (!event.correlation().isEmpty()) {
      json.writeStartObject();
      json.writeObjectFieldStart("what");
      json.writeObjectFieldStart("identifier");
      json.writeStringField("value", event.correlation());
      json.writeEndObject();
      json.writeEndObject();
      coding("type", BALP + "BasicAuditEntityType", "XrequestId", "");
      json.writeEndObject();
    }
    for (String resource : part.resources()) {
      json.writeStartObject();
      what(resource);
      coding("type", ENTITY_TYPE, "2", "System Object");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void said(String name, Map<String, String> details) throws IOException {
    json.writeStartObject();
    coding("type", ENTITY_TYPE, "4", "Other");
    json.writeStringField("name", name);
    json.writeArrayFieldStart("detail");
    for (Map.Entry<String, String> detail : details.entrySet()) {
      json.writeStartObject();
      json.writeStringField("type", detail.getKey());
      json.writeStringField("valueString", detail.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void what(String reference) throws IOException {
    json.writeObjectFieldStart("what");
    json.writeStringField("reference", reference);
    json.writeEndObject();
  }

  private void who(String system, String value) throws IOException {
    json.writeObjectFieldStart("who");
    json.writeObjectFieldStart("identifier");
    json.writeStringField("system", system);
    json.writeStringField("value", value);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void concept(String system, String code, String display) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("coding");
    coding(system, code, display);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void coding(String field, String system, String code, String display) throws IOException {
    json.writeFieldName(field);
    coding(system, code, display);
  }

  private void coding(String system, String code, String display) throws IOException {
    json.writeStartObject();
    json.writeStringField("system", system);
    json.writeStringField("code", code);
    if (!display.isEmpty()) {
      json.writeStringField("display", display);
    }
    json.writeEndObject();
  }
}
