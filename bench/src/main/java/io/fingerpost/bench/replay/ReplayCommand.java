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
import java.time.Clock;

/** Puts back to work what failed, received or owed to a partner, and prints a line for each. */
public final class ReplayCommand implements Command {

  private static final String USAGE =
      "usage: ./fingerpost replay --failed | --message ID | --sender NAME | --share ID\n"
          + "       ./fingerpost replay [--failed | --sender NAME] --since TIME and/or --until TIME"
          + " (2026-03-01 or 2026-03-01T10:15:00Z)";

  @Override
  public int run(Arguments arguments) {
    ObjectNode which = which(arguments);
    String client = arguments.value("client").orElse(DemoPartners.OPERATOR);
    Partners partners = new Partners(Server.fromEnvironment(), Clock.systemUTC());
    Answer answer = partners.ask(client, "/console/api/replay", which.toString());
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
    arguments.requireOnly("failed", "message", "sender", "share", "since", "until", "client");
    ObjectNode which = JsonNodeFactory.instance.objectNode();
    if (arguments.has("failed")) {
      which.put("failed", true);
    }
    arguments.value("message").ifPresent(id -> which.put("message", id));
    arguments.value("sender").ifPresent(name -> which.put("sender", name));
    arguments.value("share").ifPresent(id -> which.put("share", id));
    int named = which.size();
    arguments.value("since").ifPresent(time -> which.put("since", time));
    arguments.value("until").ifPresent(time -> which.put("until", time));
    boolean byTime = which.size() > named;
    boolean oneRow = which.has("message") || which.has("share");
    boolean isClear = byTime ? named <= 1 && !oneRow : named == 1;
    if (!isClear || !arguments.words().isEmpty()) {
      throw new WrongUsage(USAGE);
    }
    return which;
  }
}
