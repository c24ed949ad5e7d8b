package io.fingerpost.bench.audit;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.WrongUsage;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Server;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Has the record of decisions verified, and prints what was checked and the head of the chain;
 * exits 1 and names the first block or event that is not as it was written.
 */
public final class AuditCommand implements Command {

  private static final Pattern HEAD = Pattern.compile("[0-9]{1,18}:[0-9a-f]{64}");

  @Override
  public int run(Arguments arguments) {
    String query = query(arguments);
    String client = arguments.value("client").orElse(DemoPartners.OPERATOR);
    Answer answer =
        new Partners(Server.fromEnvironment(), Clock.systemUTC()).as(client).verifyAudit(query);
    if (!answer.ok()) {
      throw new CommandFailed(
          "Not verified: HTTP " + answer.status() + " " + answer.at("/issue/0/diagnostics"));
    }
    AuditReport report = new AuditReport(answer.json());
    report.lines().forEach(System.out::println);
    return report.isIntact() ? 0 : 1;
  }

  static String query(Arguments arguments) {
    arguments.requireOnly("since", "client");
    Optional<String> since = arguments.value("since");
    if (!arguments.words().isEmpty() || !since.map(AuditCommand::isHead).orElse(true)) {
      throw new WrongUsage(
          "usage: ./fingerpost audit [--since HEAD] [--client NAME], with a HEAD as it was printed:"
              + " NUMBER:HASH");
    }
    return since.map(head -> "?since=" + head.replace(":", "%3A")).orElse("");
  }

  private static boolean isHead(String text) {
    return HEAD.matcher(text).matches();
  }
}
