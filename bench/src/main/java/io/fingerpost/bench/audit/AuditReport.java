package io.fingerpost.bench.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** What a server says of its record of decisions, in lines to be read. */
record AuditReport(JsonNode parameters) {

  /** Not where the server does not say so. */
  boolean isIntact() {
    return value(parameters.path("parameter"), "intact").equals("true");
  }

  List<String> lines() {
    JsonNode said = parameters.path("parameter");
    List<String> lines = new ArrayList<>();
    lines.add(
        "checked: "
            + value(said, "blocks")
            + " blocks, "
            + value(said, "events")
            + " events in them, "
            + value(said, "unsealed")
            + " not sealed yet; "
            + value(said, "removed")
            + " removed when their retention had passed");
    if (!value(said, "head").isEmpty()) {
      lines.add("head: " + value(said, "head"));
      lines.add("signature: " + value(said, "signature") + " by key " + value(said, "key"));
    }
    JsonNode fault = named(said, "fault").path("part");
    lines.add(isIntact() ? "intact" : "NOT INTACT: " + told(fault));
    return lines;
  }

  private static String told(JsonNode fault) {
    StringBuilder told = new StringBuilder(value(fault, "code"));
    for (String where : List.of("block", "event")) {
      if (!value(fault, where).isEmpty()) {
        told.append(' ').append(where).append(' ').append(value(fault, where));
      }
    }
    return told.toString();
  }

  private static String value(JsonNode parameters, String name) {
    for (var field : named(parameters, name).properties()) {
      if (field.getKey().startsWith("value")) {
        return field.getValue().asText();
      }
    }
    return "";
  }

  private static JsonNode named(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    return MissingNode.getInstance();
  }
}
