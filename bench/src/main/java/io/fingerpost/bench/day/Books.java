package io.fingerpost.bench.day;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.Partners;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What the server has of all that was sent, as the scheme and its operators see it. */
final class Books {

  private final Partners partners;

  Books(Partners partners) {
    this.partners = partners;
  }

  /** How many referrals the store has. */
  long referrals() {
    Answer answer = partners.as(DemoPartners.SCHEME).get("ServiceRequest?_summary=count");
    JsonNode total = answer.json().path("total");
    if (!answer.ok() || !total.isNumber()) {
      throw new CommandFailed("The referrals could not be counted: HTTP " + answer.status());
    }
    return total.asLong();
  }

  /** How many messages the log has in each state. */
  Map<String, Long> messages() {
    Map<String, Long> states = new TreeMap<>();
    String next = "";
    do {
      JsonNode page = page(next);
      page.path("messages").forEach(it -> states.merge(it.path("state").asText(), 1L, Long::sum));
      next = page.path("next").asText("");
    } while (!next.isEmpty());
    return states;
  }

  private JsonNode page(String after) {
    String query =
        after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    Answer answer = partners.look(DemoPartners.OPERATOR, "/console/api/messages?limit=500" + query);
    if (!answer.ok()) {
      throw new CommandFailed("The messages could not be counted: HTTP " + answer.status());
    }
    return answer.json();
  }
}
