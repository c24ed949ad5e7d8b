package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.inbound.socialcare.ResultRow.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A result is opened in a spreadsheet by somebody who trusts it. */
class ResultFileTest {

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "WX-2026/0012 (a) > WX-2026/0012 (a)",
        "=cmd|' /C calc'!A0 > _cmd__ _C calc__A0",
        "+441632960001 > _441632960001",
        "-1+1 > _-1_1",
        "@SUM(1) > _SUM_1_",
        "a;=1+1 > a__1_1",
        "Zoë > Zo_"
      })
  void neverBeginsAFormula(String reference, String written) throws IOException {
    Path result = folder.resolve("result.csv");
    try (ResultFile file = new ResultFile(result)) {
      file.write(new ResultRow(2, reference, Word.REFUSED, "FIELD_INVALID", "Mend it."));
    }

    assertThat(Files.readString(result))
        .isEqualTo(
            "line,reference,result,code,what_to_do\r\n2,"
                + written
                + ",refused,FIELD_INVALID,Mend it.\r\n");
  }
}
