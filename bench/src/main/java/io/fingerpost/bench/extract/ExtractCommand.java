package io.fingerpost.bench.extract;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.WrongUsage;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Fetches the outcome tables into files: all of them, or none and a reason. */
public final class ExtractCommand implements Command {

  private static final List<String> TABLES = List.of("referral", "wellbeing_score");
  private static final Set<String> FORMATS = Set.of("csv", "ndjson");

  @Override
  public int run(Arguments arguments) {
    arguments.requireOnly("out", "format", "client");
    String format = arguments.value("format").orElse("csv");
    if (!arguments.has("out") || !FORMATS.contains(format) || !arguments.words().isEmpty()) {
      throw new WrongUsage(
          "usage: ./fingerpost extract --out DIR [--format csv|ndjson] [--client NAME]");
    }
    Path out = directory(arguments.value("out").orElseThrow());
    String client = arguments.value("client").orElse(DemoPartners.ANALYST);
    FhirApi api = new Partners(Server.fromEnvironment(), Clock.systemUTC()).as(client);
    List<Answer> tables = TABLES.stream().map(table -> fetch(api, table, format)).toList();
    for (int i = 0; i < tables.size(); i++) {
      keep(tables.get(i), out.resolve(TABLES.get(i) + "." + format));
    }
    return 0;
  }

  /** Relative to where the command was called, not to where Fingerpost is. */
  private static Path directory(String out) {
    return Path.of(System.getProperty("fingerpost.caller", ".")).resolve(out).normalize();
  }

  private static Answer fetch(FhirApi api, String table, String format) {
    Answer answer = api.getTable(table, format);
    if (answer.status() != 200) {
      throw new CommandFailed(
          "Table "
              + table
              + ": HTTP "
              + answer.status()
              + " "
              + reason(answer)
              + " Nothing written.");
    }
    return answer;
  }

  private static String reason(Answer answer) {
    return answer.at("/issue/0/diagnostics");
  }

  private static void keep(Answer table, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, table.text());
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailed(file + " cannot be written: " + e.getMessage(), e);
    }
    boolean headed = file.toString().endsWith(".csv");
    long lines = table.text().lines().count();
    System.out.printf("%s: %d rows%n", file, headed ? Math.max(0, lines - 1) : lines);
  }
}
