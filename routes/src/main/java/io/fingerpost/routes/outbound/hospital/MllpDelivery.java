package io.fingerpost.routes.outbound.hospital;

import io.fingerpost.routes.sharing.PartnerRefused;
import io.fingerpost.routes.sharing.PartnerTls;
import io.fingerpost.routes.sharing.PartnerUnreachable;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.hl7.HL7MLLPNettyDecoderFactory;
import org.apache.camel.component.hl7.HL7MLLPNettyEncoderFactory;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.apache.camel.component.netty.NettyConstants;

/** Sends HL7 v2 messages by MLLP. Delivered means: the partner said so of this very message. */
public final class MllpDelivery {

  private static final Set<String> TAKEN = Set.of("AA", "CA");

  /** Sending it again unchanged cannot help; after AR and CR it may. */
  private static final Set<String> REFUSED = Set.of("AE", "CE");

  private static final String BY_TLS = "mllps://";

  private final ProducerTemplate template;
  private final Duration patience;
  private final PartnerTls tls;

  /**
   * @param patience how long a partner may take to connect, and again to answer
   */
  public MllpDelivery(CamelContext context, Duration patience, PartnerTls tls) {
    HL7MLLPNettyDecoderFactory decoder = new HL7MLLPNettyDecoderFactory();
    decoder.setProduceString(false);
    context.getRegistry().bind("hospitalAnswerDecoder", decoder);
    context.getRegistry().bind("hospitalMessageEncoder", new HL7MLLPNettyEncoderFactory());
    this.template = context.createProducerTemplate();
    this.patience = patience;
    this.tls = tls;
  }

  /**
   * Returns when the partner has taken the message.
   *
   * @param address {@code host:port}, or {@code mllps://host:port}
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
    return address.startsWith(BY_TLS)
        ? uri(address.substring(BY_TLS.length()), "#" + tlsTo(address) + ",#hospitalAnswerDecoder")
        : uri(address, "#hospitalAnswerDecoder");
  }

  private String uri(String hostAndPort, String decoders) {
    return "netty:tcp://"
        + hostAndPort
        + "?sync=true&connectTimeout="
        + patience.toMillis()
        + "&requestTimeout="
        + patience.toMillis()
        + "&encoders=#hospitalMessageEncoder&decoders="
        + decoders;
  }

  /**
   * The name of what makes our end of each TLS connection to this address. Camel's own would not
   * know whose name the server has to prove.
   */
  private String tlsTo(String address) {
    String name = "hospitalTls-" + address.substring(BY_TLS.length()).replace(':', '-');
    template.getCamelContext().getRegistry().bind(name, new TlsEnds(tls, URI.create(address)));
    return name;
  }

  /** Makes our end of each TLS connection to one address. */
  private static final class TlsEnds extends DefaultChannelHandlerFactory {

    private final PartnerTls tls;
    private final URI address;

    TlsEnds(PartnerTls tls, URI address) {
      this.tls = tls;
      this.address = address;
    }

    @Override
    public ChannelHandler newChannelHandler() {
      PartnerTls.Current current = tls.current();
      SSLEngine engine = current.context().createSSLEngine(address.getHost(), address.getPort());
      engine.setUseClientMode(true);
      engine.setSSLParameters(current.parameters());
      return new SslHandler(engine);
    }
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
