package io.fingerpost.server;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a process of its own, to be killed and started again on the same data. */
final class Killable {

  private static final Duration START = Duration.ofSeconds(180);

  private final Path data;
  private final Path registry;
  private final int httpPort;
  private final int mllpPort;
  private final Path log;
  private final List<String> more;
  private Process process;

  private Killable(Path data, Path registry, int httpPort, int mllpPort, List<String> more)
      throws IOException {
    this.data = data;
    this.registry = registry;
    this.httpPort = httpPort;
    this.mllpPort = mllpPort;
    this.log = data.resolve("output.log");
    this.more = more;
    this.process = launch();
  }

  static Killable start(Path data, Path registry, int httpPort, int mllpPort) throws IOException {
    return start(data, registry, httpPort, mllpPort, List.of());
  }

  /**
   * @param more settings, each {@code name=value}
   */
  static Killable start(Path data, Path registry, int httpPort, int mllpPort, List<String> more)
      throws IOException {
    Files.createDirectories(data);
    Killable program = new Killable(data, registry, httpPort, mllpPort, more);
    program.awaitReady();
    return program;
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Most of a start is code that runs once.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "io.fingerpost.server.Fingerpost",
            "--fingerpost.mllp.port=" + mllpPort,
            "--fingerpost.inbound.retry.lease=5s",
            "--logging.level.io.fingerpost=debug");
    more.forEach(setting -> builder.command().add("--" + setting));
    builder.environment().put("CLASSPATH", classpath());
    builder.environment().put("FINGERPOST_DATA", data.toString());
    builder.environment().put("FINGERPOST_REGISTRY", registry.toString());
    builder.environment().put("FINGERPOST_HTTP_PORT", Integer.toString(httpPort));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  /** The program without its tests. */
  private static String classpath() {
    String tests = Path.of("target", "test-classes").toString();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith(tests))
        .collect(Collectors.joining(File.pathSeparator));
  }

  void startAgain() throws IOException {
    process = launch();
    awaitReady();
  }

  private void awaitReady() {
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(250))
        .failFast("the program ended by itself", () -> !process.isAlive())
        .until(this::isReady);
  }

  private boolean isReady() {
    try {
      URI readiness = URI.create("http://localhost:" + httpPort + "/actuator/health/readiness");
      return ApiClient.send(HttpRequest.newBuilder(readiness).build()).status() == 200;
    } catch (AssertionError notYet) {
      return false;
    }
  }

  /** SIGKILL, to the JVM alone: PostgreSQL goes on without it. */
  void killJvm() throws IOException {
    kill(List.of(process.toHandle()));
  }

  /** SIGKILL, to the JVM and every process of PostgreSQL at once. */
  void killEverything() throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    all.add(process.toHandle());
    all.addAll(postgres());
    kill(all);
  }

  private void kill(List<ProcessHandle> victims) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", "-9"));
    victims.forEach(victim -> command.add(Long.toString(victim.pid())));
    new ProcessBuilder(command).redirectErrorStream(true).start().onExit().join();
    await().atMost(START).until(() -> victims.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** The postmaster has left the process group; it and its children are found by its own file. */
  private List<ProcessHandle> postgres() throws IOException {
    Path file = postmasterFile();
    if (!Files.exists(file)) {
      return List.of();
    }
    long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
    return ProcessHandle.of(pid)
        .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList())
        .orElse(List.of());
  }

  /** A signal to every process of PostgreSQL: {@code STOP}, {@code CONT}. */
  void signalPostgres(String signal) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    postgres().forEach(process -> command.add(Long.toString(process.pid())));
    new ProcessBuilder(command).redirectErrorStream(true).start().onExit().join();
  }

  /** As {@code pg_ctl stop} does: whoever is connected is cut off. */
  void stopPostgres() throws IOException {
    ProcessHandle postmaster = postgres().get(0);
    new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start().onExit().join();
    await().atMost(START).until(() -> !postmaster.isAlive());
  }

  boolean isPostgresUp() throws IOException {
    return !postgres().isEmpty();
  }

  /** Again with the options it had; root may not start it, but in a namespace of its own. */
  void startPostgres() throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    String options = Files.readString(data.resolve("postgres").resolve("postmaster.opts"));
    Matcher option = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(options);
    while (option.find()) {
      command.add(option.group(1) == null ? option.group(2) : option.group(1));
    }
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** As an operator ends it, with SIGTERM; whether it took its PostgreSQL with it. */
  boolean stop() {
    process.destroy();
    await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    return !Files.exists(postmasterFile());
  }

  private Path postmasterFile() {
    return data.resolve("postgres").resolve("postmaster.pid");
  }

  String output() throws IOException {
    return Files.readString(log);
  }
}
