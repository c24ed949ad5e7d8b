package io.fingerpost.bench;

import io.fingerpost.bench.audit.AuditCommand;
import io.fingerpost.bench.day.DayCommand;
import io.fingerpost.bench.demo.DemoCommand;
import io.fingerpost.bench.demo.TrainCommand;
import io.fingerpost.bench.extract.ExtractCommand;
import io.fingerpost.bench.load.LoadCommand;
import io.fingerpost.bench.replay.ReplayCommand;
import io.fingerpost.bench.sample.CheckSenderCommand;
import io.fingerpost.bench.token.TokenCommand;
import java.util.Arrays;
import java.util.Map;

/** Runs the command its first argument names; exits 0, 1 when it failed, 2 on wrong usage. */
final class Main {

  private static final Map<String, Command> COMMANDS =
      Map.of(
          "audit", new AuditCommand(),
          "check-sender", new CheckSenderCommand(),
          "day", new DayCommand(),
          "demo", new DemoCommand(),
          "extract", new ExtractCommand(),
          "load", new LoadCommand(),
          "replay", new ReplayCommand(),
          "token", new TokenCommand(),
          "train", new TrainCommand());

  private Main() {}

  public static void main(String[] words) {
    System.exit(exitCode(words));
  }

  static int exitCode(String... words) {
    Command command = words.length == 0 ? null : COMMANDS.get(words[0]);
    if (command == null) {
      System.err.println(
          "usage: token | demo | extract | replay | check-sender | audit | load | day | train, with its"
              + " options");
      return 2;
    }
    try {
      return command.run(Arguments.of(Arrays.asList(words).subList(1, words.length)));
    } catch (WrongUsage usage) {
      System.err.println(usage.getMessage());
      return 2;
    } catch (CommandFailed failed) {
      System.err.println(failed.getMessage());
      return 1;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
