package io.fingerpost.routes.inbound.gp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.SampleReader;
import io.fingerpost.routes.inbound.gp.GpAnswers.Answer;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** One FHIR message, as it would be the body of a request. */
@Component
final class GpSamples implements SampleReader {

  private static final Pattern BUNDLE =
      Pattern.compile("\"resourceType\"\\s*:\\s*\"Bundle\"|<(\\w+:)?Bundle[\\s>]");

  private final PartnerRegistry partners;
  private final GpSettings settings;

  GpSamples(PartnerRegistry partners, GpSettings settings) {
    this.partners = partners;
    this.settings = settings;
  }

  @Override
  public String channel() {
    return GpTranslator.CHANNEL;
  }

  @Override
  public boolean recognises(String name, byte[] sample) {
    return BUNDLE.matcher(new String(sample, ISO_8859_1)).find();
  }

  @Override
  public String answer(Partner sender, String name, byte[] sample, Intake intake) {
    Answer answer = new GpMessageOperation(intake, partners, settings).answer(sender, sample);
    return "HTTP "
        + answer.status()
        + "\n"
        + FhirContext.forR4Cached().newJsonParser().encodeResourceToString(answer.body());
  }
}
