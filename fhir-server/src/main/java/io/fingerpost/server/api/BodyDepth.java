package io.fingerpost.server.api;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** How deep a body is nested, found without building anything of it. */
final class BodyDepth {

  private static final Set<RequestTypeEnum> WRITTEN =
      Set.of(RequestTypeEnum.POST, RequestTypeEnum.PUT, RequestTypeEnum.PATCH);

  private BodyDepth() {}

  static boolean isWritten(RequestDetails request) {
    return WRITTEN.contains(request.getRequestType());
  }

  /** What cannot be read at all is left to the parser, which says so. */
  static boolean isOver(int limit, RequestDetails request) {
    EncodingEnum encoding = RestfulServerUtils.determineRequestEncodingNoDefault(request);
    if (encoding == EncodingEnum.JSON) {
      return isJsonOver(limit, request.loadRequestContents());
    }
    return encoding == EncodingEnum.XML && isXmlOver(limit, request.loadRequestContents());
  }

  static boolean isJsonOver(int limit, byte[] body) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limit)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    try (JsonParser parser = factory.createParser(body)) {
      while (parser.nextToken() != null) {
        // only the depth is of interest
      }
      return false;
    } catch (StreamConstraintsException deep) {
      return true;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** A document type is refused here, too: its entities stand for whatever they like. */
  static boolean isXmlOver(int limit, byte[] body) {
    XMLInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, Integer.MAX_VALUE);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      int depth = 0;
      while (reader.hasNext()) {
        int event = reader.next();
        depth += event == XMLStreamReader.START_ELEMENT ? 1 : 0;
        depth -= event == XMLStreamReader.END_ELEMENT ? 1 : 0;
        if (event == XMLStreamReader.DTD) {
          throw new InvalidRequestException("a document type");
        }
        if (depth > limit) {
          return true;
        }
      }
      return false;
    } catch (XMLStreamException unreadable) {
      return false;
    }
  }
}
