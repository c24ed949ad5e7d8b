package ca.uhn.fhir.jpa.dao;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.model.entity.ResourceEncodingEnum;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * HAPI's calculator, hashing a resource's text in one call instead of character by character, to
 * the same hash: that was a seventh of all the work of storing a referral. It stands in HAPI's
 * package since the method is not seen outside.
 */
public final class WholeTextHistoryCalculator extends ResourceHistoryCalculator {

  public WholeTextHistoryCalculator(FhirContext context) {
    super(context, false);
  }

  @Override
  ResourceHistoryState calculateResourceHistoryState(
      IBaseResource resource, ResourceEncodingEnum encoding, List<String> excludedElements) {
    String text = encodeResource(resource, encoding, excludedElements);
    // The order of bytes in which Guava takes the characters one by one.
    HashCode hash = Hashing.sha256().hashBytes(text.getBytes(StandardCharsets.UTF_16LE));
    return new ResourceHistoryState(text, null, ResourceEncodingEnum.JSON, hash);
  }
}
