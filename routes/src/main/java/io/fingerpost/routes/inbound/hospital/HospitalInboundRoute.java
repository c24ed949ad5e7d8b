package io.fingerpost.routes.inbound.hospital;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.hl7.HL7MLLPNettyDecoderFactory;
import org.apache.camel.component.hl7.HL7MLLPNettyEncoderFactory;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.apache.camel.component.netty.NettyComponent;
import org.apache.camel.component.netty.NettyConstants;
import org.springframework.stereotype.Component;

/**
 * Listens for hospitals' HL7 v2 messages by MLLP, plain and by TLS. Connections are worked on side
 * by side, the messages of one connection one after another, each answered before the next.
 */
@Component
public final class HospitalInboundRoute extends RouteBuilder {

  static final String ROUTE_ID = "hospital-referral";
  static final String TLS_ROUTE_ID = "hospital-referral-tls";

  /** A Netty component of its own, so that its worker threads are nobody else's. */
  private static final String COMPONENT = "hospital-netty";

  private final HospitalReception reception;
  private final HospitalSettings settings;
  private final TlsConnections tls;

  HospitalInboundRoute(HospitalReception reception, HospitalSettings settings, TlsConnections tls) {
    this.reception = reception;
    this.settings = settings;
    this.tls = tls;
  }

  @Override
  public void configure() {
    listenWithOwnWorkers();
    listen(ROUTE_ID, settings.port(), "#hospitalEncoder");
    // What is encoded last, and decoded first, has to stand first.
    tls.port().ifPresent(port -> listen(TLS_ROUTE_ID, port, "#hospitalTls,#hospitalEncoder"));
  }

  private void listen(String id, int port, String encoders) {
    from(COMPONENT
            + ":tcp://0.0.0.0:"
            + port
            + "?sync=true&usingExecutorService=true&serverExceptionCaughtLogLevel=DEBUG"
            + "&encoders="
            + encoders
            + "&decoders=#hospitalFrameGuard,#hospitalDecoder,#hospitalAnswers")
        .routeId(id)
        // Whatever fails is an answer already; an error handler would only print the message.
        .errorHandler(noErrorHandler())
        .process(this::answer);
  }

  private void answer(Exchange exchange) {
    ChannelHandlerContext connection =
        exchange
            .getMessage()
            .getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT, ChannelHandlerContext.class);
    Optional<String> certificate = TlsConnections.certificate(connection.channel());
    byte[] message = exchange.getMessage().getBody(byte[].class);
    exchange.getMessage().setBody(reception.answer(message, certificate));
  }

  private void listenWithOwnWorkers() {
    NettyComponent netty = new NettyComponent();
    netty.setMaximumPoolSize(settings.workers());
    getContext().addComponent(COMPONENT, netty);

    AtomicInteger connections = new AtomicInteger();
    HL7MLLPNettyDecoderFactory decoder = new HL7MLLPNettyDecoderFactory();
    decoder.setProduceString(false);
    bind("hospitalTls", madeBy(tls::next));
    bind("hospitalFrameGuard", madeBy(() -> new FrameGuard(settings, connections)));
    bind("hospitalDecoder", decoder);
    bind("hospitalAnswers", madeBy(() -> new AnswersInOrder(settings, reception::answerTooLarge)));
    bind("hospitalEncoder", new HL7MLLPNettyEncoderFactory());
  }

  private void bind(String name, ChannelHandler handler) {
    getContext().getRegistry().bind(name, handler);
  }

  /** Each connection gets a handler of its own: they remember what was read of a frame. */
  private static ChannelHandler madeBy(Supplier<ChannelHandler> handler) {
    return new DefaultChannelHandlerFactory() {
      @Override
      public ChannelHandler newChannelHandler() {
        return handler.get();
      }
    };
  }
}
