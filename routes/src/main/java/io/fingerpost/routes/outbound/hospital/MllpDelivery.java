package io.fingerpost.routes.outbound.hospital;

import io.fingerpost.routes.sharing.PartnerRefused;
import io.fingerpost.routes.sharing.PartnerUnreachable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.hl7.HL7MLLPNettyDecoderFactory;
import org.apache.camel.component.hl7.HL7MLLPNettyEncoderFactory;
import org.apache.camel.component.netty.NettyConstants;

/** Sends HL7 v2 messages by MLLP. Delivered means: the partner said so of this very message. */
public final class MllpDelivery {

  private static final Set<String> TAKEN = Set.of("AA", "CA");

  /** Sending it again unchanged cannot help; after AR and CR it may. */
  private static final Set<String> REFUSED = Set.of("AE", "CE");

  private final ProducerTemplate template;
  private final Duration patience;

  /**
   * @param patience how long a partner may take to connect, and again to answer
   */
  public MllpDelivery(CamelContext context, Duration patience) {
    HL7MLLPNettyDecoderFactory decoder = new HL7MLLPNettyDecoderFactory();
    decoder.setProduceString(false);
    context.getRegistry().bind("hospitalAnswerDecoder", decoder);
    context.getRegistry().bind("hospitalMessageEncoder", new HL7MLLPNettyEncoderFactory());
    this.template = context.createProducerTemplate();
    this.patience = patience;
  }

  /**
   * Returns when the partner has taken the message.
   *
   * @param address {@code host:port}
   * @throws PartnerRefused when it answered that it cannot
   * @throws PartnerUnreachable when it did not answer, or answered that it cannot now
   */
  public void send(String address, byte[] message) {
    Exchange exchange = template.request(uri(address), request -> prepare(request, message));
    if (exchange.getException() != null) {
      throw new PartnerUnreachable(exchange.getException().getClass().getSimpleName());
    }
    byte[] answer = exchange.getMessage().getBody(byte[].class);
    if (answer == null || !field(message, "MSH", 9).equals(field(answer, "MSA", 2))) {
      throw new PartnerUnreachable("the answer was not to this message");
    }
    String code = field(answer, "MSA", 1);
    if (REFUSED.contains(code)) {
      throw new PartnerRefused(code);
    }
    if (!TAKEN.contains(code)) {
      throw new PartnerUnreachable("the answer was not a yes");
    }
  }

  private String uri(String address) {
    return "netty:tcp://"
        + address
        + "?sync=true&connectTimeout="
        + patience.toMillis()
        + "&requestTimeout="
        + patience.toMillis()
        + "&encoders=#hospitalMessageEncoder&decoders=#hospitalAnswerDecoder";
  }

  /** Camel forgets the timeout of a connection used before, unless it is said each time. */
  private void prepare(Exchange request, byte[] message) {
    request.getIn().setBody(message);
    request.getIn().setHeader(NettyConstants.NETTY_REQUEST_TIMEOUT, patience.toMillis());
  }

  /**
   * The field at an index of the first segment of this name, as sent; empty where there is none.
   */
  private static String field(byte[] message, String name, int index) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    if (text.length() < 4) {
      return "";
    }
    String separator = text.substring(3, 4);
    return text.lines()
        .filter(line -> line.startsWith(name + separator))
        .findFirst()
        .map(line -> List.of(line.split(Pattern.quote(separator), -1)))
        .filter(fields -> index < fields.size())
        .map(fields -> fields.get(index).strip())
        .orElse("");
  }
}
