package io.fingerpost.routes.outbound.gp;

import io.fingerpost.profiles.message.ResponseMessage.Party;
import io.fingerpost.routes.outbound.gp.ReferralStatusMessage.Cover;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.sharing.ApprovedShare;
import io.fingerpost.routes.sharing.PartnerGateway;
import io.fingerpost.routes.sharing.PartnerRefused;
import io.fingerpost.routes.sharing.PartnerTls;
import io.fingerpost.routes.sharing.ReferralStanding;
import io.fingerpost.terminology.SystemUrl;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.springframework.stereotype.Component;

/** The way to partners that take FHIR messages. */
@Component
final class GpGateway implements PartnerGateway {

  private final Party scheme;
  private final MessageDelivery delivery;

  GpGateway(PartnerRegistry partners, DeliverySettings settings, PartnerTls tls) {
    this.scheme = Party.of(partners.scheme().organisation(), partners.scheme().name());
    this.delivery = new MessageDelivery(settings, tls);
  }

  @Override
  public boolean serves(Partner partner) {
    return partner.fhir() != null;
  }

  @Override
  public void deliver(ApprovedShare share) {
    Partner partner = share.recipient();
    Partner.Fhir fhir = partner.fhir();
    if (fhir == null) {
      throw new PartnerRefused("NO_ENDPOINT");
    }
    Party recipient = Party.of(partner.organisation(), partner.name());
    Cover cover =
        new Cover(share.id(), share.at(), inResponseTo(share.standing()), scheme, recipient);
    Bundle message = ReferralStatusMessage.of(cover, share.standing());
    delivery.send(fhir.endpoint(), share.id().toString(), message);
  }

  /**
   * The message that brought the referral, by the id that stands in {@code <sender>/<message id>};
   * an id of FHIR has no {@code urn:uuid:} before it.
   */
  private static String inResponseTo(ReferralStanding standing) {
    return standing.identifiers().stream()
        .filter(identifier -> SystemUrl.MESSAGE_ID.url().equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .map(value -> value.substring(value.indexOf('/') + 1).replace("urn:uuid:", ""))
        .findFirst()
        .orElse(standing.referral());
  }
}
