package io.fingerpost.bench.launch;

import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.Http;
import io.fingerpost.bench.partner.Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;

/** Asks whether a server serves yet. */
public final class Readiness {

  private final Server server;
  private final Http http = new Http();

  public Readiness(Server server) {
    this.server = server;
  }

  public boolean isUp() {
    try {
      Answer answer =
          http.send("GET", server.base().resolve("/actuator/health/readiness"), Map.of(), "");
      return answer.status() == 200 && answer.at("/status").equals("UP");
    } catch (CommandFailed notYet) {
      return false;
    }
  }

  /** Better told now than after a minute's start. */
  public static void requireFree(Server server) {
    requireFree(server.httpPort(), "FINGERPOST_HTTP_PORT");
    requireFree(server.mllpPort(), "FINGERPOST_MLLP_PORT");
  }

  private static void requireFree(int port, String variable) {
    try {
      new ServerSocket(port).close();
    } catch (IOException taken) {
      throw new CommandFailed(
          "Port %d is taken, perhaps by a server still running. Stop it, or set %s."
              .formatted(port, variable),
          taken);
    }
  }
}
