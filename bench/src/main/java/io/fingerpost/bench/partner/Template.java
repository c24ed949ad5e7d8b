package io.fingerpost.bench.partner;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A FHIR resource or Bundle with places left open: {@code {nhsNumber}}. */
final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  static Template named(String name) {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new CommandFailed(name + " is missing from the jar.");
      }
      // Indentation is for readers; on the wire it would be a tenth of the message.
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Template(text.replaceAll("\n *", ""));
    } catch (IOException e) {
      throw new CommandFailed(name + " cannot be read.", e);
    }
  }

  String with(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(value(values, place.group(1))));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("nothing given for " + name);
    }
    return new String(JsonStringEncoder.getInstance().quoteAsString(value));
  }
}
