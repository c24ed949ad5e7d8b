package io.fingerpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {

  @Test
  void answersWrongUsageWithTwo() {
    assertThat(Main.exitCode()).isEqualTo(2);
    assertThat(Main.exitCode("dance")).isEqualTo(2);
    assertThat(Main.exitCode("replay", "--failed", "--message", "1")).isEqualTo(2);
    assertThat(Main.exitCode("replay", "--message", "1", "--since", "2026-03-01")).isEqualTo(2);
    assertThat(Main.exitCode("replay", "--failed", "--untill", "2026-03-01")).isEqualTo(2);
    assertThat(Main.exitCode("check-sender", "a-sender-without-a-file")).isEqualTo(2);
  }

  @Test
  void answersFailureWithOne() {
    assertThat(Main.exitCode("token", "client-without-a-key")).isEqualTo(1);
    assertThat(Main.exitCode("check-sender", "a-sender", "no-such-file.hl7")).isEqualTo(1);
  }
}
