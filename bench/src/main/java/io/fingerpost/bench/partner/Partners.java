package io.fingerpost.bench.partner;

import java.time.Clock;

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

  /** The FHIR API as this client sees it. */
  public FhirApi as(String client) {
    return new FhirApi(server, http, tokens, client);
  }
}
