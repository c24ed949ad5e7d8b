package io.fingerpost.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fingerpost.bench.CommandFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshDirectoryTest {

  private final Path parent;

  FreshDirectoryTest(@TempDir Path parent) {
    this.parent = parent;
  }

  @Test
  void deletesWhatAnEarlierRunMade() throws Exception {
    Path first = FreshDirectory.make(parent.resolve("demo"));
    Files.createDirectories(first.resolve("postgres/base"));
    Files.writeString(first.resolve("postgres/base/1"), "rows");

    Path second = FreshDirectory.make(parent.resolve("demo"));

    assertThat(second.resolve("postgres")).doesNotExist();
  }

  @Test
  void leavesAloneWhatItDidNotMake() throws Exception {
    Path own = Files.createDirectories(parent.resolve("demo"));
    Files.writeString(own.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> FreshDirectory.make(own))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("did not make");
    assertThat(own.resolve("thesis.txt")).exists();
  }
}
