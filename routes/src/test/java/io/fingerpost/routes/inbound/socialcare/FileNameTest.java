package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a council calls a file, its name does no harm. */
class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "referrals.csv, referrals.result.csv",
    "referrals.CSV, referrals.result.csv",
    "referrals.csv.pgp, referrals.result.csv",
    "referrals.csv.gpg, referrals.result.csv",
    "March 2026 (2).csv, March 2026 (2).result.csv",
    "referrals.xlsx, referrals.xlsx.result.csv",
    "${bean:shutdown}.csv, __bean_shutdown_.result.csv",
    "..\\..\\x.csv, _.._.._x.result.csv",
    "a;rm -rf ~.csv, a_rm -rf _.result.csv",
    "=cmd().csv, _cmd().result.csv"
  })
  void givesTheResultASafeNameToo(String sent, String result) {
    assertThat(FileName.of(sent).result()).isEqualTo(result);
  }

  @Test
  void neverBecomesAHiddenFileAFolderOrALongName() {
    assertThat(FileName.of("../../etc/passwd").value()).doesNotContain("/").doesNotStartWith(".");
    assertThat(FileName.of(" ").value()).isEqualTo("_");
    assertThat(FileName.of("x".repeat(300) + ".csv").value()).hasSize(120).endsWith(".csv");
    assertThat(FileName.of("line\nbreak\u0000.csv").value()).isEqualTo("line_break_.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv.part", "a.csv.filepart", "a.tmp", ".a.csv", "~a.csv", "a.csv~"})
  void waitsForWhatIsStillBeingWritten(String sent) {
    assertThat(FileName.isStillBeingWritten(sent)).isTrue();
  }

  @Test
  void isReadBackFromTheNameItHasInWork() {
    ClaimedName claimed = ClaimedName.at(WexcombeCouncil.NOW, FileName.of("My $ file.csv"));

    assertThat(ClaimedName.read(claimed.toString())).contains(claimed);
    assertThat(claimed.toString()).startsWith("20260303T101501000-").endsWith("~My _ file.csv");
    assertThat(ClaimedName.read("referrals.csv")).isEmpty();
  }
}
