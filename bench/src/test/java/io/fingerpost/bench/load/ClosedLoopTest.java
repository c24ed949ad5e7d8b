package io.fingerpost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.bench.load.ClosedLoop.Counted;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void countsWhatWentWellApartFromWhatDidNot() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    Counted counted = new ClosedLoop(() -> () -> turns.incrementAndGet() % 4 != 0, 2).run(SHORT);

    assertThat(counted.nanos().getTotalCount() + counted.errors()).isEqualTo(turns.get());
    assertThat(counted.errors()).isEqualTo(turns.get() / 4);
    assertThat(counted.lasted()).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void countsAConnectionThatBreaksAsAnErrorAndSaysWhich() throws Exception {
    ClosedLoop loop =
        new ClosedLoop(
            () ->
                () -> {
                  throw new IOException("connection reset");
                },
            3);
    Counted counted = loop.run(SHORT);

    assertThat(counted.errors()).isEqualTo(3);
    assertThat(counted.firstError()).contains("connection reset");
  }
}
