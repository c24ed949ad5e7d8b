package io.fingerpost.bench.partner;

import java.time.Clock;
import java.util.Map;

/** Everyone who talks to one server, each with a token of its own. */
public final class Partners {

  private final Server server;
  private final Http http = new Http();
  private final Tokens tokens;

  public Partners(Server server, Clock clock) {
    this.server = server;
    this.tokens = new Tokens(server, http, clock);
  }

  public Server server() {
    return server;
  }

  public Http http() {
    return http;
  }

  public Tokens tokens() {
    return tokens;
  }

  /** Asks the operators' API, as this client. */
  public Answer ask(String client, String path, String json) {
    return http.send(
        "POST",
        server.base().resolve(path),
        Map.of(
            "Authorization",
            "Bearer " + tokens.of(Tokens.Wanted.of(client)),
            "Content-Type",
            "application/json"),
        json);
  }

  /** Looks into the operators' API, as this client. */
  public Answer look(String client, String path) {
    return http.send(
        "GET",
        server.base().resolve(path),
        Map.of("Authorization", "Bearer " + tokens.of(Tokens.Wanted.of(client))),
        "");
  }

  /** The FHIR API as this client sees it. */
  public FhirApi as(String client) {
    return new FhirApi(server, http, tokens, client);
  }
}
