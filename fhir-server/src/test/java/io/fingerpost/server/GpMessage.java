package io.fingerpost.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A BaRS-shaped referral as a GP system writes it, to be spoilt in one place at a time. */
final class GpMessage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String id = UUID.randomUUID().toString();
  private final ObjectNode bundle;

  GpMessage(Person person) {
    String text =
        MESSAGE
            .replace("$MESSAGE", id)
            .replace("$NHS", person.nhsNumber())
            .replace("$FAMILY", person.family())
            .replace("$GIVEN", person.given())
            .replace("$BIRTH", person.birthDate())
            .replace("$STREET", person.street());
    try {
      this.bundle = (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a surgery sends later about the same referral.
   *
   * @param written when, as the message says
   */
  GpMessage saying(String reason, String status, String written, Person person) {
    GpMessage later = new GpMessage(person);
    later.bundle.put("timestamp", written);
    ((ObjectNode) later.resource("MessageHeader").at("/reason/coding/0")).put("code", reason);
    later.resource("ServiceRequest").put("status", status);
    ((ObjectNode) later.resource("ServiceRequest").at("/identifier/0")).put("value", id);
    return later;
  }

  String id() {
    return id;
  }

  ObjectNode bundle() {
    return bundle;
  }

  ObjectNode resource(String type) {
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.path("resource").path("resourceType").asText().equals(type)) {
        return (ObjectNode) entry.path("resource");
      }
    }
    throw new IllegalArgumentException(type);
  }

  /** Puts another resource into the message, to be filled. */
  ObjectNode add(String type, String element, String value) {
    ObjectNode entry = bundle.withArray("entry").addObject();
    entry.put("fullUrl", "urn:uuid:" + UUID.randomUUID());
    return entry.putObject("resource").put("resourceType", type).put(element, value);
  }

  GpMessage without(String type) {
    bundle
        .withArray("entry")
        .removeIf(entry -> entry.path("resource").path("resourceType").asText().equals(type));
    return this;
  }

  String text() {
    return bundle.toString();
  }

  private static final String MESSAGE =
      """
      {"resourceType": "Bundle", "id": "$MESSAGE", "type": "message",
       "identifier": {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:$MESSAGE"},
       "timestamp": "2026-03-02T10:15:00+00:00",
       "entry": [
        {"fullUrl": "urn:uuid:10000000-5a1c-4d0e-9b7e-0c1d2e3f4a00", "resource": {
          "resourceType": "MessageHeader",
          "eventCoding": {"system": "https://fhir.nhs.uk/CodeSystem/message-events-bars",
                          "code": "servicerequest-request"},
          "sender": {"reference": "urn:uuid:40000000-5a1c-4d0e-9b7e-0c1d2e3f4a03"},
          "source": {"endpoint": "https://fhir.nhs.uk/Id/dos-service-id|2000011111"},
          "reason": {"coding": [{"system": "https://fhir.nhs.uk/CodeSystem/message-reason-bars",
                                 "code": "new"}]},
          "focus": [{"reference": "urn:uuid:20000000-5a1c-4d0e-9b7e-0c1d2e3f4a01"}]}},
        {"fullUrl": "urn:uuid:20000000-5a1c-4d0e-9b7e-0c1d2e3f4a01", "resource": {
          "resourceType": "ServiceRequest",
          "identifier": [{"system": "https://bramley.example/Id/referral", "value": "$MESSAGE"}],
          "status": "active", "intent": "plan", "priority": "routine",
          "category": [{"coding": [{
            "system": "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest",
            "code": "referral"}]}],
          "code": {"coding": [{"system": "http://snomed.info/sct", "code": "871731000000106"}]},
          "subject": {"reference": "urn:uuid:30000000-5a1c-4d0e-9b7e-0c1d2e3f4a02"},
          "authoredOn": "2026-03-02T10:12:00+00:00",
          "requester": {"reference": "urn:uuid:40000000-5a1c-4d0e-9b7e-0c1d2e3f4a03"},
          "reasonCode": [{"coding": [{"system": "http://snomed.info/sct", "code": "267076002"}],
                          "text": "Lonely at $STREET"}],
          "note": [{"text": "Ask for $GIVEN."}]}},
        {"fullUrl": "urn:uuid:30000000-5a1c-4d0e-9b7e-0c1d2e3f4a02", "resource": {
          "resourceType": "Patient",
          "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "$NHS"}],
          "name": [{"use": "official", "family": "$FAMILY", "given": ["$GIVEN"]}],
          "telecom": [{"system": "phone", "value": "01632960456"}],
          "gender": "female", "birthDate": "$BIRTH",
          "address": [{"line": ["$STREET"], "city": "Wexcombe", "postalCode": "WX1 2AB"}]}},
        {"fullUrl": "urn:uuid:40000000-5a1c-4d0e-9b7e-0c1d2e3f4a03", "resource": {
          "resourceType": "Organization",
          "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code",
                          "value": "Z91001"}],
          "name": "Bramley Surgery"}},
        {"fullUrl": "urn:uuid:80000000-5a1c-4d0e-9b7e-0c1d2e3f4a07", "resource": {
          "resourceType": "Consent", "status": "active",
          "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                                "code": "patient-privacy"}]},
          "category": [{"coding": [{
            "system": "https://fhir.nhs.uk/CodeSystem/consent-categories-bars", "code": "DRC"}]}],
          "patient": {"reference": "urn:uuid:30000000-5a1c-4d0e-9b7e-0c1d2e3f4a02"},
          "dateTime": "2026-03-02",
          "organization": [{"reference": "urn:uuid:40000000-5a1c-4d0e-9b7e-0c1d2e3f4a03"}],
          "policyRule": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMPLIED"}]}}}
       ]}
      """;
}
