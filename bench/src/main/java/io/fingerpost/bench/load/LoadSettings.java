package io.fingerpost.bench.load;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.WrongUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param label names the server in the report
 * @param warm how long each mode runs before it is measured
 * @param clients how many do it at once, each waiting for its answer before the next
 * @param serverPid whose CPU time and memory count; empty when the server is started here
 */
record LoadSettings(
    String label,
    List<Mode> modes,
    Duration warm,
    Duration measured,
    int clients,
    Optional<Long> serverPid,
    Optional<Path> report) {

  static LoadSettings of(Arguments arguments) {
    arguments.requireOnly(
        "label", "mode", "seconds", "warm", "clients", "server-pid", "report", "data");
    return new LoadSettings(
        arguments.value("label").orElse("server"),
        modes(arguments.value("mode").orElse("mllp,gp,transaction,search,search-consent")),
        Duration.ofSeconds(arguments.number("warm", 60)),
        Duration.ofSeconds(arguments.number("seconds", 60)),
        arguments.number("clients", 8),
        arguments.value("server-pid").map(Long::valueOf),
        arguments.value("report").map(Path::of));
  }

  private static List<Mode> modes(String names) {
    return Arrays.stream(names.split(","))
        .map(
            name ->
                Mode.named(name.strip())
                    .orElseThrow(
                        () -> new WrongUsage("--mode " + name + ": there are " + Mode.names())))
        .toList();
  }
}
