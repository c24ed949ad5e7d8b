package io.fingerpost.profiles.referral;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStateTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # case,                          status,           business status,  state
          status alone,                    requested,        -,                received
          arrived at the scheme,           received,         -,                received
          taken on,                        accepted,         -,                accepted
          begun,                           in-progress,      -,                in-support
          paused,                          on-hold,          -,                in-support
          done,                            completed,        -,                completed
          refused,                         rejected,         -,                rejected
          taken back,                      cancelled,        -,                cancelled
          a mistake,                       entered-in-error, -,                sent-in-error
          a status no state goes with,     draft,            -,                -
          another one,                     failed,           -,                -
          both and they agree,             accepted,         waiting-list,     waiting-list
          held,                            requested,        held-for-consent, held-for-consent
          both and they disagree,          requested,        in-support,       -
          a state nobody knows,            accepted,         on-the-moon,      -
          """)
  void readsTheStateOfATask(
      String name, String status, @Nullable String business, @Nullable String state) {
    assertThat(TaskState.in(task(status, business)).map(ReferralState::code).orElse(null))
        .isEqualTo(state);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # case,                    stood,     in,               status,      business status, wanted
          status moved,              requested, received,         accepted,    received,        accepted
          business status moved,     accepted,  accepted,         accepted,    waiting-list,    waiting-list
          and the status follows,    accepted,  contacted,        accepted,    in-support,      in-support
          both moved together,       requested, received,         accepted,    waiting-list,    waiting-list
          both moved apart,          requested, received,         accepted,    in-support,      -
          status alone moved,        accepted,  waiting-list,     in-progress, -,               in-support
          status alone stays,        accepted,  waiting-list,     accepted,    -,               waiting-list
          held and seen,             requested, held-for-consent, received,    held-for-consent, held-for-consent
          held and status alone,     requested, held-for-consent, requested,   -,               held-for-consent
          held and accepted,         requested, held-for-consent, accepted,    held-for-consent, accepted
          neither moved,             accepted,  contacted,        accepted,    contacted,       contacted
          a state nobody knows,      accepted,  contacted,        accepted,    on-the-moon,     -
          stored without a state,    requested, -,                accepted,    -,               accepted
          """)
  void takesWhatAChangedTaskAsksFor(
      String name,
      String stood,
      @Nullable String in,
      String status,
      @Nullable String business,
      @Nullable String wanted) {
    assertThat(
            TaskState.wanted(task(stood, in), task(status, business))
                .map(ReferralState::code)
                .orElse(null))
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrote(ReferralState state) {
    Task task = task("draft", null);
    task.getBusinessStatus().addCoding(new Coding("https://example.org/theirs", "x", null));

    TaskState.write(state, task);

    assertThat(TaskState.in(task)).contains(state);
    assertThat(task.getBusinessStatus().getCoding())
        .extracting(Coding::getCode)
        .containsExactly(state.code(), "x");
  }

  @Test
  void leavesAStatusThatAgrees() {
    Task task = task("received", null);

    TaskState.write(ReferralState.RECEIVED, task);

    assertThat(task.getStatus()).isEqualTo(TaskStatus.RECEIVED);
  }

  @Test
  void findsNoStateWhereThereIsNoStatus() {
    assertThat(TaskState.in(new Task())).isEmpty();
    assertThat(TaskState.wanted(task("requested", "received"), new Task())).isEmpty();
  }

  private static Task task(String status, @Nullable String business) {
    Task task = new Task().setStatus(TaskStatus.fromCode(status));
    if (business != null) {
      task.getBusinessStatus()
          .addCoding(new Coding("https://fingerpost.io/CodeSystem/referral-state", business, null));
    }
    return task;
  }
}
