package io.fingerpost.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @ParameterizedTest
  @CsvSource({
    "system/CarePlan.rs,        CarePlan,         rs",
    "system/*.cruds,            *,                cruds",
    "system/*.crus,             *,                crus",
    "system/Task.d,             Task,             d",
    "system/$process-message.c, $process-message, c"
  })
  void readsSystemScopesOfVersionTwo(String text, String what, String permissions) {
    assertThat(Scope.of(text)).contains(new Scope(what, permissions));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system/Patient.read",
        "system/Patient.write",
        "system/Patient.*",
        "system/*.*",
        "system/Patient.sr",
        "system/Patient.",
        "system/Patient",
        "system/patient.rs",
        "user/Patient.rs",
        "patient/Patient.rs",
        "system/Observation.rs?category=laboratory",
        "openid",
        ""
      })
  void readsNothingElse(String text) {
    assertThat(Scope.of(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "system/CarePlan.rs, system/CarePlan.rs, true",
    "system/CarePlan.r, system/CarePlan.rs, true",
    "system/CarePlan.r, system/*.rs, true",
    "system/*.r, system/*.cruds, true",
    "system/CarePlan.rs, system/CarePlan.r, false",
    "system/CarePlan.crs, system/CarePlan.c system/*.rs, true",
    "system/*.rs, system/CarePlan.rs system/Task.rs, false",
    "system/Task.r, system/CarePlan.rs, false",
    "system/$extract.c, system/*.cruds, false",
    "system/$extract.c, system/$extract.c, true",
    "system/CarePlan.read, system/*.cruds, false"
  })
  void isWithinWhatIsRegisteredOrNot(String asked, String registered, boolean within) {
    assertThat(Scope.isWithin(asked, List.of(registered.split(" ")))).isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({
    "system/*.rs, system/CarePlan.crus, system/CarePlan.rs",
    "system/CarePlan.crus, system/*.rs, system/CarePlan.rs",
    "system/*.rs, system/*.rs, system/*.rs",
    "system/*.cruds, system/$extract.c, ",
    "system/Task.rs, system/CarePlan.rs, ",
    "system/Task.c, system/Task.rs, "
  })
  void permitsInCommonWithOthersWhatBothPermit(String one, String other, @Nullable String common) {
    assertThat(Scope.common(List.of(one), List.of(other)))
        .isEqualTo(common == null ? Set.of() : Set.of(common));
  }

  @Test
  void isAboutItsTypeAlone() {
    assertThat(new Scope("*", "r").isAbout("Task")).isTrue();
    assertThat(new Scope("CarePlan", "r").isAbout("Task")).isFalse();
  }
}
