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

/** Puts back to work what failed, received or owed to a partner, and prints a line for each. */
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
    for (JsonNode replayed : answer.json()) {
      replayed
          .properties()
          .forEach(
              it -> System.out.println("replayed " + it.getKey() + " " + it.getValue().asText()));
    }
    if (answer.json().isEmpty()) {
      System.out.println("Nothing that failed is like that: nothing to replay.");
    }
    return 0;
  }

  static ObjectNode which(Arguments arguments) {
    arguments.requireOnly("failed", "message", "sender", "share", "client");
    ObjectNode which = JsonNodeFactory.instance.objectNode();
    if (arguments.has("failed")) {
      which.put("failed", true);
    }
    arguments.value("message").ifPresent(id -> which.put("message", id));
    arguments.value("sender").ifPresent(name -> which.put("sender", name));
    arguments.value("share").ifPresent(id -> which.put("share", id));
    if (which.size() != 1 || !arguments.words().isEmpty()) {
      throw new WrongUsage(
          "usage: ./fingerpost replay --failed | --message ID | --sender NAME | --share ID");
    }
    return which;
  }
}
