package io.fingerpost.routes.outbound.hospital;

import io.fingerpost.routes.outbound.hospital.ReferralResponse.Address;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Decision;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Person;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Scheme;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Status;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.routes.sharing.ApprovedShare;
import io.fingerpost.routes.sharing.PartnerGateway;
import io.fingerpost.routes.sharing.PartnerRefused;
import io.fingerpost.routes.sharing.PartnerTls;
import io.fingerpost.routes.sharing.ReferralStanding;
import io.fingerpost.terminology.SystemUrl;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The way to partners that take HL7 v2: RRI^I12 to their MLLP address. */
@Component
final class HospitalGateway implements PartnerGateway {

  private static final String VERSION = "2.5.1";
  private static final int LONGEST_CONTROL_ID = 20;

  private final PartnerSettings.Scheme scheme;
  private final MllpDelivery delivery;
  private final ReferralResponseWriter writer = new ReferralResponseWriter();

  HospitalGateway(
      PartnerRegistry partners,
      CamelContext context,
      MllpDeliverySettings settings,
      PartnerTls tls) {
    this.scheme = partners.scheme();
    this.delivery = new MllpDelivery(context, settings.patience(), tls);
  }

  @Override
  public boolean serves(Partner partner) {
    return partner.hl7v2() != null && partner.hl7v2().address() != null;
  }

  @Override
  public void deliver(ApprovedShare share) {
    Partner.Hl7v2 hl7v2 = share.recipient().hl7v2();
    if (hl7v2 == null || hl7v2.address() == null) {
      throw new PartnerRefused("NO_ADDRESS");
    }
    delivery.send(hl7v2.address(), writer.write(response(share, hl7v2)));
  }

  private ReferralResponse response(ApprovedShare share, Partner.Hl7v2 to) {
    ReferralStanding standing = share.standing();
    return new ReferralResponse(
        share.id().toString().replace("-", "").substring(0, LONGEST_CONTROL_ID),
        share.at(),
        VERSION,
        new Address("FINGERPOST", scheme.organisation()),
        new Address(to.sendingApplication(), to.sendingFacility()),
        messageId(standing),
        decision(standing),
        person(standing.person()),
        new Scheme(scheme.organisation(), scheme.name(), null, null));
  }

  private static Decision decision(ReferralStanding standing) {
    Coding reason = standing.reason();
    return new Decision(
        status(standing.task()),
        identifier(standing, SystemUrl.REFERRAL_ID).orElse(""),
        standing.referral(),
        reason != null && SystemUrl.SNOMED_CT.url().equals(reason.getSystem())
            ? reason.getCode()
            : null,
        standing.reasonText() != null || reason == null
            ? standing.reasonText()
            : reason.getDisplay());
  }

  private static Status status(TaskStatus task) {
    if (task == TaskStatus.ACCEPTED) {
      return Status.ACCEPTED;
    } else if (task == TaskStatus.REJECTED) {
      return Status.REJECTED;
    } else if (task == TaskStatus.REQUESTED) {
      return Status.PENDING;
    }
    throw new PartnerRefused("STATUS_NOT_TOLD");
  }

  private static Person person(Identifier sent) {
    boolean national = SystemUrl.NHS_NUMBER.url().equals(sent.getSystem());
    return new Person(
        national ? sent.getValue() : null, national ? null : sent.getValue(), null, null);
  }

  /** The hospital's own message id, from {@code <sender>/<message id>}. */
  private static @Nullable String messageId(ReferralStanding standing) {
    return identifier(standing, SystemUrl.MESSAGE_ID)
        .map(value -> value.substring(value.indexOf('/') + 1))
        .orElse(null);
  }

  private static Optional<String> identifier(ReferralStanding standing, SystemUrl system) {
    return standing.identifiers().stream()
        .filter(identifier -> system.url().equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .findFirst();
  }
}
