package io.fingerpost.bench.partner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What came back over HTTP. */
public record Answer(int status, String text) {

  static final ObjectMapper JSON = new ObjectMapper();

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The body as JSON; a missing node when it is something else. */
  public JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException other) {
      return MissingNode.getInstance();
    }
  }

  /** Where one value stands in it: {@code /entry/0/resource/status}; empty when nowhere. */
  public String at(String pointer) {
    return json().at(pointer).asText();
  }
}
