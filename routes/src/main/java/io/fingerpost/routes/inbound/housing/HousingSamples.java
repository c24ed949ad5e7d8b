package io.fingerpost.routes.inbound.housing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageDigests;
import io.fingerpost.routes.inbound.SampleReader;
import io.fingerpost.routes.partners.Partner;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** One referral of a landlord's, as it would be the body of a request without a key. */
@Component
final class HousingSamples implements SampleReader {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HousingController controller;

  HousingSamples(HousingController controller) {
    this.controller = controller;
  }

  @Override
  public String channel() {
    return HousingTranslator.CHANNEL;
  }

  @Override
  public boolean recognises(String name, byte[] sample) {
    String text = new String(sample, ISO_8859_1);
    return text.replace("\u00ef\u00bb\u00bf", "").stripLeading().startsWith("{")
        && !text.contains("\"resourceType\"");
  }

  @Override
  public String answer(Partner sender, String name, byte[] sample, Intake intake) {
    ResponseEntity<Map<String, Object>> answer =
        controller.with(intake).taken(sender, MessageDigests.of(sample), sample);
    try {
      return "HTTP "
          + answer.getStatusCode().value()
          + "\n"
          + JSON.writeValueAsString(answer.getBody());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
