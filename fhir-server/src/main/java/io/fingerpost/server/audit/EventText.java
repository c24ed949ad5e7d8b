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
import java.util.UUID;

/**
 * An event as FHIR's AuditEvent, in the manner of IHE's Basic Audit Log Patterns for a decision
 * about consent. Written straight to JSON: one page of a search may leave hundreds, and FHIR's
 * model would cost more than the page.
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

  static String of(Event event, UUID id, Instant recorded) {
    StringWriter text = new StringWriter(2048);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new EventText(json).write(event, id, recorded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write(Event event, UUID id, Instant recorded) throws IOException {
    json.writeStartObject();
    json.writeStringField("resourceType", "AuditEvent");
    json.writeStringField("id", id.toString());
    coding("type", DICOM, "110113", "Security Alert");
    json.writeArrayFieldStart("subtype");
    coding(SystemUrl.CONSENT_PROVISION_TYPE.url(), event.answer(), "");
    if (event.isOverride()) {
      coding(SystemUrl.SHARE_REASON.url(), event.kind(), "");
    }
    coding(BALP + "AuthZsubType", "AuthZ-Consent", "");
    json.writeEndArray();
    json.writeStringField("action", event.action());
    json.writeStringField("recorded", INSTANT.format(recorded));
    json.writeStringField("outcome", event.outcome());
    json.writeArrayFieldStart("purposeOfEvent");
    concept(SystemUrl.V3_ACT_REASON.url(), event.decided().purpose(), "");
    json.writeEndArray();
    agents(event.decided());
    json.writeObjectFieldStart("source");
    json.writeObjectFieldStart("observer");
    json.writeStringField("display", "Fingerpost");
    json.writeEndObject();
    json.writeEndObject();
    entities(event);
    json.writeEndObject();
  }

  private void agents(Decided decided) throws IOException {
    json.writeArrayFieldStart("agent");
    json.writeStartObject();
    json.writeFieldName("type");
    concept(SystemUrl.V3_PARTICIPATION_TYPE.url(), "IRCP", "information recipient");
    who(SystemUrl.ODS_ORGANISATION.url(), decided.organisation());
    json.writeStringField("name", decided.client());
    json.writeBooleanField("requestor", true);
    json.writeEndObject();
    json.writeStartObject();
    json.writeFieldName("type");
    concept(DICOM, "110150", "Application");
    who(SystemUrl.CLIENT.url(), decided.client());
    json.writeBooleanField("requestor", false);
    json.writeEndObject();
    json.writeEndArray();
  }

  private void entities(Event event) throws IOException {
    json.writeArrayFieldStart("entity");
    for (String person : event.people()) {
      json.writeStartObject();
      what(person);
      coding("type", ENTITY_TYPE, "1", "Person");
      coding("role", OBJECT_ROLE, "1", "Patient");
      json.writeEndObject();
    }
    if (!event.decided().basis().isEmpty()) {
      json.writeStartObject();
      what(event.decided().basis());
      coding("type", "http://hl7.org/fhir/resource-types", "Consent", "Consent");
      json.writeEndObject();
    }
    decision(event.details());
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
    for (String resource : event.resources()) {
      json.writeStartObject();
      what(resource);
      coding("type", ENTITY_TYPE, "2", "System Object");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void decision(Map<String, String> details) throws IOException {
    json.writeStartObject();
    coding("type", ENTITY_TYPE, "4", "Other");
    json.writeStringField("name", "decision");
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
