package io.fingerpost.routes.inbound.self;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.SampleReader;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** One filled-in form, as it would be the body of a request. */
@Component
final class FormSamples implements SampleReader {

  private static final Pattern FORM =
      Pattern.compile("\"resourceType\"\\s*:\\s*\"QuestionnaireResponse\"");
  private static final Pattern BUNDLE = Pattern.compile("\"resourceType\"\\s*:\\s*\"Bundle\"");

  private final PartnerRegistry partners;
  private final FormSettings settings;

  FormSamples(PartnerRegistry partners, FormSettings settings) {
    this.partners = partners;
    this.settings = settings;
  }

  @Override
  public String channel() {
    return FormTranslator.CHANNEL;
  }

  @Override
  public boolean recognises(String name, byte[] sample) {
    String text = new String(sample, ISO_8859_1);
    return FORM.matcher(text).find() && !BUNDLE.matcher(text).find();
  }

  @Override
  public String answer(Partner sender, String name, byte[] sample, Intake intake) {
    FormAnswer answer =
        new FormOperation(intake, partners, settings).answer(sender.organisation(), sample);
    return "HTTP "
        + answer.status()
        + "\n"
        + FhirContext.forR4Cached().newJsonParser().encodeResourceToString(answer.body());
  }
}
