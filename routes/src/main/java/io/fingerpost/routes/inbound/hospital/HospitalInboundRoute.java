package io.fingerpost.routes.inbound.hospital;

import io.netty.channel.ChannelHandler;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.hl7.HL7MLLPNettyDecoderFactory;
import org.apache.camel.component.hl7.HL7MLLPNettyEncoderFactory;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.apache.camel.component.netty.NettyComponent;
import org.springframework.stereotype.Component;

/**
 * Listens for hospitals' HL7 v2 messages by MLLP. Connections are worked on side by side, the
 * messages of one connection one after another, each answered before the next.
 */
@Component
public final class HospitalInboundRoute extends RouteBuilder {

  static final String ROUTE_ID = "hospital-referral";

  /** A Netty component of its own, so that its worker threads are nobody else's. */
  private static final String COMPONENT = "hospital-netty";

  private final HospitalReception reception;
  private final HospitalSettings settings;

  public HospitalInboundRoute(HospitalReception reception, HospitalSettings settings) {
    this.reception = reception;
    this.settings = settings;
  }

  @Override
  public void configure() {
    listenWithOwnWorkers();
    from(COMPONENT
            + ":tcp://0.0.0.0:"
            + settings.port()
            + "?sync=true&usingExecutorService=true&serverExceptionCaughtLogLevel=DEBUG"
            + "&encoders=#hospitalEncoder"
            + "&decoders=#hospitalFrameGuard,#hospitalDecoder,#hospitalAnswers")
        .routeId(ROUTE_ID)
        // Whatever fails is an answer already; an error handler would only print the message.
        .errorHandler(noErrorHandler())
        .transform()
        .body(byte[].class, reception::answer);
  }

  private void listenWithOwnWorkers() {
    NettyComponent netty = new NettyComponent();
    netty.setMaximumPoolSize(settings.workers());
    getContext().addComponent(COMPONENT, netty);

    AtomicInteger connections = new AtomicInteger();
    HL7MLLPNettyDecoderFactory decoder = new HL7MLLPNettyDecoderFactory();
    decoder.setProduceString(false);
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
