package io.fingerpost.routes.inbound.socialcare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows by RFC 4180, and what is saved of a file that does not keep to it. */
class RowReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d", "\n\na,b\n\nc,d\n\n\n"})
  void partsAtLineBreaksOfEveryKind(String file) throws IOException {
    assertThat(texts(file)).containsExactly("a,b", "c,d");
  }

  @Test
  void keepsALineBreakWithinQuotes() throws IOException {
    assertThat(rows("a,\"b\r\nc\"\nd,e\n"))
        .containsExactly(new RowText(1, "a,\"b\r\nc\"", true), new RowText(3, "d,e", true));
  }

  @Test
  void keepsDoubledQuotesAndDelimitersWithinQuotes() throws IOException {
    assertThat(texts("\"say \"\"yes\"\", then\",b\nc,d"))
        .containsExactly("\"say \"\"yes\"\", then\",b", "c,d");
  }

  @Test
  void losesOnlyTheRowWhoseQuoteIsNeverClosed() throws IOException {
    assertThat(rows("1,\"open\n2,fine\n3,\"quoted\"\n4,fine"))
        .containsExactly(
            new RowText(1, "1,\"open", false),
            new RowText(2, "2,fine", true),
            new RowText(3, "3,\"quoted\"", true),
            new RowText(4, "4,fine", true));
  }

  @Test
  void losesOnlyTheRowWithTextAfterAClosingQuote() throws IOException {
    assertThat(rows("1,\"He said \"hello\", then\",x\n2,fine\n"))
        .containsExactly(
            new RowText(1, "1,\"He said \"hello\", then\",x", false),
            new RowText(2, "2,fine", true));
  }

  @Test
  void refusesAQuoteAfterBlanks() throws IOException {
    assertThat(rows("1, \"a\", b\n2,fine")).extracting(RowText::whole).containsExactly(false, true);
  }

  @Test
  void takesAQuoteInsideABareCellForWhatItIs() throws IOException {
    assertThat(rows("1,O\"Brien\n")).containsExactly(new RowText(1, "1,O\"Brien", true));
  }

  @Test
  void losesOnlyTheRowThatIsTooLong() throws IOException {
    List<RowText> rows = rows("1," + "x".repeat(500) + "\n2,fine\n");

    assertThat(rows).extracting(RowText::whole).containsExactly(false, true);
    assertThat(rows).extracting(RowText::line).containsExactly(1L, 2L);
  }

  @Test
  void losesOneRowForEachUnclosedQuoteHoweverMany() throws IOException {
    String file = "1,\"open\n".repeat(50) + "2,fine\n";

    assertThat(rows(file)).hasSize(51).last().isEqualTo(new RowText(51, "2,fine", true));
  }

  private static List<String> texts(String file) throws IOException {
    return rows(file).stream().map(RowText::text).toList();
  }

  private static List<RowText> rows(String file) throws IOException {
    List<RowText> rows = new ArrayList<>();
    try (RowReader reader = new RowReader(new StringReader(file), ',', 100)) {
      for (Optional<RowText> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }
}
