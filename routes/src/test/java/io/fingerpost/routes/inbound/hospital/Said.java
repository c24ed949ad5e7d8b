package io.fingerpost.routes.inbound.hospital;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.routes.inbound.Content;
import io.fingerpost.routes.inbound.KnownParties;
import io.fingerpost.routes.inbound.MessageTime;
import io.fingerpost.routes.inbound.PersonChange;
import io.fingerpost.routes.inbound.PersonMerge;
import io.fingerpost.routes.inbound.Referral;
import io.fingerpost.routes.inbound.ReferralAmendment;
import io.fingerpost.routes.inbound.ReferralCancellation;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.reliability.KeptMessage;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What a message says, written out for a case's expectations. */
final class Said {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final IParser FHIR = FhirContext.forR4Cached().newJsonParser();

  private final KeptMessage message;
  private final ReferralTransaction transaction;
  private final ArrayNode parts = JSON.createArrayNode();

  private Said(KeptMessage message, ReferralTransaction transaction) {
    this.message = message;
    this.transaction = transaction;
  }

  static String in(Content content, KeptMessage message, ReferralTransaction transaction) {
    Said said = new Said(message, transaction);
    said.add(content);
    try {
      return JSON.writeValueAsString(said.parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Content content) {
    if (content instanceof Content.Several several) {
      several.parts().forEach(this::add);
      return;
    }
    ObjectNode part = parts.addObject().put("kind", content.getClass().getSimpleName());
    if (content instanceof Referral referral) {
      time(part, referral.said());
      part.set("transaction", bundle(referral));
    } else if (content instanceof ReferralAmendment amendment) {
      part.put("referral", amendment.referral().getValue());
      time(part, amendment.said());
      part.set("transaction", bundle(amendment.amended()));
    } else if (content instanceof ReferralCancellation cancellation) {
      part.put("referral", cancellation.referral().getValue());
      part.put("mistake", cancellation.mistake());
      part.put("reason", cancellation.reason());
      time(part, cancellation.said());
      if (cancellation.patient() != null) {
        part.set("patient", tree(cancellation.patient()));
      }
    } else if (content instanceof PersonChange change) {
      time(part, change.said());
      part.set("erased", JSON.valueToTree(change.erased().stream().sorted().toList()));
      part.set("patient", tree(change.patient()));
    } else if (content instanceof PersonMerge merge) {
      time(part, merge.said());
      part.set("surviving", tree(merge.surviving()));
      ArrayNode replaced = part.putArray("replaced");
      merge.replaced().stream().map(Said::text).forEach(replaced::add);
    }
  }

  private JsonNode bundle(Referral referral) {
    return tree(transaction.of(message, referral, new KnownParties(null, null, null)));
  }

  private static JsonNode tree(Resource resource) {
    try {
      return JSON.readTree(FHIR.encodeResourceToString(resource));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void time(ObjectNode part, @Nullable MessageTime said) {
    if (said != null) {
      part.put(
          "said",
          said.earliest() + (said.latest().equals(said.earliest()) ? "" : " to " + said.latest()));
    }
  }

  private static String text(Identifier identifier) {
    return identifier.getSystem() + "|" + identifier.getValue();
  }
}
