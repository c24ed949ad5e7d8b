package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.hospital.FrameGuard.FrameTooLarge;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a connection to what it can bear: reading stops while too much of what was read waits for
 * its answer, and the answer to a frame that was cut off comes after those to the frames before it,
 * as the last.
 */
final class AnswersInOrder extends ChannelDuplexHandler {

  private static final Logger log = LoggerFactory.getLogger(AnswersInOrder.class);

  private static final int MOST_WAITING = 64;

  /** Closing at once, while the sender still sends, would take the answer from it unread. */
  private static final int SECONDS_TO_READ_LAST_ANSWER = 5;

  private final HospitalSettings settings;
  private final Function<byte[], Optional<byte[]>> answerTooLarge;

  /** Sizes of the messages that wait for their answer. */
  private final Deque<Integer> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private @Nullable FrameTooLarge last;

  AnswersInOrder(HospitalSettings settings, Function<byte[], Optional<byte[]>> answerTooLarge) {
    this.settings = settings;
    this.answerTooLarge = answerTooLarge;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    int size = message instanceof byte[] body ? body.length : 0;
    waiting.add(size);
    waitingBytes += size;
    readOrRest(context);
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object answer, ChannelPromise promise) {
    if (!(answer instanceof byte[])) {
      // An exception in place of an answer: the sender must not wait for more.
      promise.setFailure(new IllegalStateException("no answer"));
      context.close();
      return;
    }
    if (answer instanceof byte[] bytes && bytes.length == 0) {
      // The sender wants no answer to this one.
      promise.trySuccess();
    } else {
      context.write(answer, promise.unvoid()).addListener(AnswersInOrder::logIfUnanswered);
    }
    if (!waiting.isEmpty()) {
      waitingBytes -= waiting.remove();
    }
    readOrRest(context);
    answerLast(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof FrameTooLarge tooLarge) {
      last = tooLarge;
      answerLast(context);
    } else {
      super.userEventTriggered(context, event);
    }
  }

  /** Connections break off every day: one line, and the sender comes again. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A handshake that failed has been told already.
    if (!(cause.getCause() instanceof SSLException)) {
      logClosed(cause);
    }
    context.close();
  }

  private static void logIfUnanswered(Future<? super Void> written) {
    if (!written.isSuccess()) {
      logClosed(written.cause());
    }
  }

  private static void logClosed(Throwable cause) {
    log.info(
        "outcome=closed cause={} channel={}",
        cause.getClass().getSimpleName(),
        HospitalTranslator.CHANNEL);
  }

  private void answerLast(ChannelHandlerContext context) {
    if (last == null || !waiting.isEmpty()) {
      return;
    }
    Optional<byte[]> answer = answerTooLarge.apply(last.beginning());
    last = null;
    if (answer.isEmpty()) {
      context.close();
      return;
    }
    context.writeAndFlush(answer.get());
    context
        .executor()
        .schedule(() -> context.close(), SECONDS_TO_READ_LAST_ANSWER, TimeUnit.SECONDS);
  }

  private void readOrRest(ChannelHandlerContext context) {
    boolean bearable = waiting.size() < MOST_WAITING && waitingBytes <= settings.maxFrameBytes();
    if (context.channel().config().isAutoRead() != bearable) {
      context.channel().config().setAutoRead(bearable);
    }
  }
}
