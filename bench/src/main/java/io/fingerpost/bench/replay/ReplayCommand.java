package io.fingerpost.bench.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.WrongUsage;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Server;
import io.fingerpost.bench.partner.Tokens;
import java.time.Clock;
import java.util.Map;

/** Puts kept messages back to work, and prints a line for each. */
public final class ReplayCommand implements Command {

  @Override
  public int run(Arguments arguments) {
    ObjectNode which = which(arguments);
    String client = arguments.value("client").orElse(DemoPartners.OPERATOR);
    Partners partners = new Partners(Server.fromEnvironment(), Clock.systemUTC());
    Answer answer =
        partners
            .http()
            .send(
                "POST",
                partners.server().base().resolve("/console/api/replay"),
                Map.of(
                    "Authorization",
                    "Bearer " + partners.tokens().of(Tokens.Wanted.of(client)),
                    "Content-Type",
                    "application/json"),
                which.toString());
    if (!answer.ok() || !answer.json().isArray()) {
      throw new CommandFailed("Nothing replayed: HTTP " + answer.status() + " " + answer.text());
    }
    for (JsonNode id : answer.json()) {
      System.out.println("replayed " + (id.isTextual() ? id.asText() : id));
    }
    if (answer.json().isEmpty()) {
      System.out.println("No kept message is like that: nothing to replay.");
    }
    return 0;
  }

  static ObjectNode which(Arguments arguments) {
    arguments.requireOnly("failed", "message", "sender", "client");
    ObjectNode which = JsonNodeFactory.instance.objectNode();
    if (arguments.has("failed")) {
      which.put("failed", true);
    }
    arguments.value("message").ifPresent(id -> which.put("message", id));
    arguments.value("sender").ifPresent(name -> which.put("sender", name));
    if (which.size() != 1 || !arguments.words().isEmpty()) {
      throw new WrongUsage("usage: ./fingerpost replay --failed | --message ID | --sender NAME");
    }
    return which;
  }
}
