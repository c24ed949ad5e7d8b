package io.fingerpost.profiles.publication;

import static io.fingerpost.profiles.publication.ModelPackageTest.CONTEXT;
import static io.fingerpost.profiles.publication.ModelPackageTest.PROFILES;
import static io.fingerpost.profiles.publication.ModelPackageTest.TERMINOLOGY;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.profiles.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelPageTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

  private static String page;

  @BeforeAll
  static void write() throws IOException {
    page = new ModelPage(Model.read(CONTEXT, PROFILES, TERMINOLOGY)).text();
  }

  @Test
  void isWhatLiesInDocs() throws IOException {
    assertThat(Files.readString(DOCS.resolve("model.md")))
        .as("mvn -q -DskipTests package && cp profiles/target/model.md docs/model.md")
        .isEqualTo(page);
  }

  @Test
  void leadsNowhereThatDoesNotExist() {
    List<String> headings =
        page.lines()
            .filter(line -> line.startsWith("#"))
            .map(line -> Markdown.anchor(line.replaceFirst("^#+ ", "")))
            .toList();
    Stream<String> links = LINK.matcher(page).results().map(link -> link.group(1));

    assertThat(links)
        .isNotEmpty()
        .allMatch(
            link ->
                link.startsWith("#") ? headings.contains(link) : Files.exists(DOCS.resolve(link)));
    assertThat(headings).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void showsWhatMeetsAndWhatBreaks(Profile profile) {
    String section = page.substring(page.indexOf(profile.url() + "` "));

    assertThat(section.substring(0, section.indexOf("</details>")))
        .contains("| element |", "Valid: [", "Refused: [", "```json");
  }
}
