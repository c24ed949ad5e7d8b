package io.fingerpost.routes.console;

import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.DeskRefused;
import io.fingerpost.routes.reliability.SampleDesk;
import io.fingerpost.routes.store.OperatorActs.Kind;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells what would become of a sender's sample. Who may call it is decided before it is reached:
 * operators only. Only where the store is in this process: another program's cannot take back what
 * it has stored.
 */
@RestController
@ConditionalOnExpression("'${fingerpost.roles}'.contains('fhir-server')")
class DryRunController {

  private static final Logger log = LoggerFactory.getLogger(DryRunController.class);

  private final SampleDesk desk;
  private final PartnerRegistry partners;
  private final Operator operator;

  DryRunController(SampleDesk desk, PartnerRegistry partners, Operator operator) {
    this.desk = desk;
    this.partners = partners;
    this.operator = operator;
  }

  /**
   * @param sender the client whose sample it is
   * @param channel by which it would come; what the sample looks like, if left out
   * @param name of the file
   * @param body its bytes, in base64
   */
  record DryRun(
      @Nullable String sender,
      @Nullable String channel,
      @Nullable String name,
      @Nullable String body) {}

  @PostMapping("/console/api/dry-runs")
  ResponseEntity<SampleDesk.Report> dryRun(@RequestBody byte[] request, Principal who) {
    DryRun wanted = Asked.read(request, DryRun.class, "sender, channel, name, body");
    byte[] body = Asked.body(wanted.body());
    Partner sender =
        partners
            .ofClient(wanted.sender() == null ? "" : wanted.sender())
            .orElseThrow(DeskRefused.Code.SENDER_UNKNOWN::refusal);
    operator.isAboutTo(Kind.MESSAGE_TRIED, who, "sender=" + sender.organisation(), null, null);
    SampleDesk.Report report =
        desk.tryOut(
            new SampleDesk.Sample(
                sender.client(),
                wanted.channel(),
                wanted.name() == null ? "" : wanted.name(),
                body));
    log.info(
        "outcome=dry-run messages={} client={} sender={} channel={}",
        report.messages().size(),
        who.getName(),
        sender.organisation(),
        report.channel());
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(report);
  }
}
