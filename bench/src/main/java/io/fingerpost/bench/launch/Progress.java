package io.fingerpost.bench.launch;

import java.time.Duration;

/** Told how it goes while a server starts. */
public interface Progress {

  Progress QUIET =
      new Progress() {
        @Override
        public void waited(Duration soFar) {}

        @Override
        public void ready(Duration took) {}
      };

  void waited(Duration soFar);

  void ready(Duration took);
}
