package io.fingerpost.routes.inbound.gp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A message's bytes, looked at once before any FHIR parser sees them: UTF-8, well-formed, without
 * DTD, without a name said twice, not nested beyond reason. It tells the message's id, which is
 * wanted even for a message whose content will be refused.
 */
final class WireText {

  private static final int DEEPEST = 100;
  private static final String MALFORMED = "Send one well-formed FHIR R4 message Bundle.";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final String text;
  private final boolean xml;

  /**
   * What stands in the two places where a Bundle says its id: {@code identifier.value}, {@code id}.
   */
  private final Map<String, String> ids = new HashMap<>();

  private WireText(String text) {
    this.text = text;
    this.xml = text.startsWith("<");
  }

  static WireText read(byte[] body) {
    WireText wire = new WireText(decoded(body).strip());
    try {
      if (wire.xml) {
        wire.scanXml();
      } else {
        wire.scanJson();
      }
    } catch (IOException | XMLStreamException | RuntimeException malformed) {
      // The parser's own words may quote the message.
      throw malformed instanceof MessageRefused refused ? refused : malformed();
    }
    return wire;
  }

  String text() {
    return text;
  }

  boolean isXml() {
    return xml;
  }

  /** The sender's id of the message, fit to be a key. */
  String messageId() {
    return Optional.ofNullable(ids.get("identifier"))
        .or(() -> Optional.ofNullable(ids.get("id")))
        .filter(Predicate.not(String::isBlank))
        .map(WireText::fit)
        .orElseThrow(
            () ->
                MessageRefused.missing(
                    "Bundle.identifier", "Give each message an id of its own, a UUID."));
  }

  private static String fit(String id) {
    if (id.length() > 200 || id.chars().anyMatch(Character::isISOControl)) {
      throw MessageRefused.invalid(
          "Bundle.identifier.value", "Use a message id of at most 200 printable characters.");
    }
    return id;
  }

  private static String decoded(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.indexOf('\0') < 0) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
    } catch (CharacterCodingException notUtf8) {
      // the same refusal as for text that only UTF-16 could have written
    }
    throw charset();
  }

  private void scanJson() throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          requireWhole(parser.getText());
          note(jsonPlace(parser), parser.getText());
        }
      }
    }
  }

  /** An escape can write half of a character, which nothing can keep. */
  private static void requireWhole(String text) {
    if (text.codePoints().anyMatch(point -> point >= 0xd800 && point <= 0xdfff)) {
      throw malformed();
    }
  }

  private static @Nullable String jsonPlace(JsonParser parser) {
    var context = parser.getParsingContext();
    var parent = context.getParent();
    if (context.inObject()
        && parent != null
        && parent.inRoot()
        && "id".equals(context.getCurrentName())) {
      return "id";
    }
    boolean ofIdentifier =
        parent != null
            && parent.inObject()
            && "identifier".equals(parent.getCurrentName())
            && parent.getParent().inRoot();
    return ofIdentifier && "value".equals(context.getCurrentName()) ? "identifier" : null;
  }

  private void scanXml() throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
    String declared = reader.getCharacterEncodingScheme();
    if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
      throw charset();
    }
    String[] path = new String[DEEPEST + 1];
    int depth = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (depth >= DEEPEST) {
            throw malformed();
          }
          path[depth++] = reader.getLocalName();
          note(xmlPlace(path, depth), reader.getAttributeValue(null, "value"));
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw malformed();
        default -> {}
      }
    }
  }

  private static @Nullable String xmlPlace(String[] path, int depth) {
    if (depth == 2 && path[1].equals("id")) {
      return "id";
    }
    return depth == 3 && path[1].equals("identifier") && path[2].equals("value")
        ? "identifier"
        : null;
  }

  private void note(@Nullable String place, @Nullable String value) {
    if (place != null && value != null) {
      ids.putIfAbsent(place, value.strip());
    }
  }

  private static MessageRefused charset() {
    return new MessageRefused(Code.CHARSET_UNSUPPORTED, "Bundle", "Send the message in UTF-8.");
  }

  private static MessageRefused malformed() {
    return new MessageRefused(Code.MESSAGE_MALFORMED, "Bundle", MALFORMED);
  }
}
