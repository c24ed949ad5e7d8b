package io.fingerpost.bench.token;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;
import io.fingerpost.bench.WrongUsage;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Server;
import io.fingerpost.bench.partner.Tokens;
import java.time.Clock;

/** Prints a bearer token, and nothing else, so that it can stand inside a curl line. */
public final class TokenCommand implements Command {

  @Override
  public int run(Arguments arguments) {
    arguments.requireOnly("purpose", "scope");
    if (arguments.words().size() != 1) {
      throw new WrongUsage(
          "usage: ./fingerpost token CLIENT [--purpose HQUALIMP] [--scope \"system/CarePlan.rs\"]");
    }
    Tokens.Wanted wanted =
        new Tokens.Wanted(
            arguments.words().get(0),
            arguments.value("scope").orElse(""),
            arguments.value("purpose").orElse(""));
    Partners partners = new Partners(Server.fromEnvironment(), Clock.systemUTC());
    System.out.println(partners.tokens().of(wanted));
    return 0;
  }
}
