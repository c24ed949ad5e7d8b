package io.fingerpost.bench.load;

import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.Command;

/** placeholder */
public final class LoadCommand implements Command {
  @Override
  public int run(Arguments arguments) {
    return 2;
  }
}
