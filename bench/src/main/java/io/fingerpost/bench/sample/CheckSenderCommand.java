package io.fingerpost.bench.sample;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/**
 * Has the server try a sender's samples without keeping anything of them, and prints what would
 * become of each message. Exits 0 when none would be refused.
 */
public final class CheckSenderCommand implements Command {

  private static final String USAGE =
      "usage: ./fingerpost check-sender CLIENT FILE ... [--channel CHANNEL] [--answers]\n"
          + "       CLIENT is the sender's in the registry; --answers prints what it would be"
          + " answered, too";

  @Override
  public int run(Arguments arguments) {
    arguments.requireOnly("channel", "answers", "client");
    if (arguments.words().size() < 2) {
      throw new WrongUsage(USAGE);
    }
    String operator = arguments.value("client").orElse(DemoPartners.OPERATOR);
    Partners partners = new Partners(Server.fromEnvironment(), Clock.systemUTC());
    String sender = arguments.words().get(0);
    List<String> files = arguments.words().subList(1, arguments.words().size());
    Tally tally = new Tally();
    for (String file : files) {
      ObjectNode sample = sample(sender, file);
      arguments.value("channel").ifPresent(channel -> sample.put("channel", channel));
      Answer answer = partners.ask(operator, "/console/api/dry-runs", sample.toString());
      if (!answer.ok()) {
        throw new CommandFailed(
            file + " was not tried: HTTP " + answer.status() + " " + answer.text());
      }
      print(file, answer.json(), arguments.has("answers"), tally);
    }
    System.out.println(tally + " Nothing was kept.");
    return tally.isGood() ? 0 : 1;
  }

  private static ObjectNode sample(String sender, String file) {
    Path path = Path.of(System.getProperty("fingerpost.caller", ".")).resolve(file);
    try {
      return JsonNodeFactory.instance
          .objectNode()
          .put("sender", sender)
          .put("name", String.valueOf(path.getFileName()))
          .put("body", Base64.getEncoder().encodeToString(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw new CommandFailed(file + " cannot be read.", e);
    }
  }

  private static void print(String file, JsonNode report, boolean withAnswers, Tally tally) {
    System.out.println(file + ": " + report.path("channel").asText());
    int number = 0;
    for (JsonNode message : report.path("messages")) {
      number++;
      tally.add(message.path("outcome").asText());
      System.out.println(Lines.of(number, message));
    }
    if (withAnswers) {
      System.out.println(report.path("answer").asText().strip().indent(7).stripTrailing());
    }
  }

  /** How many messages would become what. */
  private static final class Tally {
    private int all;
    private int bad;

    void add(String outcome) {
      all++;
      if (outcome.equals("refused") || outcome.equals("failed")) {
        bad++;
      }
    }

    boolean isGood() {
      return all > 0 && bad == 0;
    }

    @Override
    public String toString() {
      return (all == 1 ? "1 message" : all + " messages")
          + (bad == 0 ? ", none of them refused." : ", " + bad + " of them refused.");
    }
  }
}
