package io.fingerpost.routes.inbound.hospital;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the MLLP decoder, which would wait for the end of a frame for ever and keep all
 * that comes until then. Only whole frames of a bearable size pass; bytes outside frames are
 * skipped.
 *
 * <pre>0x0B content 0x1C 0x0D</pre>
 */
final class FrameGuard extends ByteToMessageDecoder {

  /** A frame grew past the limit; these are its first bytes. */
  record FrameTooLarge(byte[] beginning) {}

  private static final Logger log = LoggerFactory.getLogger(FrameGuard.class);

  private static final byte START = 0x0b;
  private static final byte END = 0x1c;
  private static final byte AFTER_END = 0x0d;
  private static final byte[] NEXT_MESSAGE = {START, 'M', 'S', 'H'};
  private static final int BEGINNING_BYTES = 4_096;

  private final HospitalSettings settings;
  private final AtomicInteger connections;

  /** How much of the frame at hand has been looked through; 0 outside a frame. */
  private int scanned;

  private boolean discarding;
  private @Nullable ScheduledFuture<?> deadline;

  /**
   * @param connections how many are open, counted by all guards of a listener together
   */
  FrameGuard(HospitalSettings settings, AtomicInteger connections) {
    this.settings = settings;
    this.connections = connections;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    if (connections.incrementAndGet() > settings.maxConnections()) {
      log.warn("outcome=closed cause=too-many-connections channel={}", HospitalTranslator.CHANNEL);
      context.close();
      return;
    }
    super.channelActive(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    connections.decrementAndGet();
    stopClock();
    super.channelInactive(context);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> frames) {
    if (discarding || !isInFrame(context, in)) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int length = lengthOfFrame(in);
    if (Math.max(length, scanned) > settings.maxFrameBytes()) {
      refuse(context, in);
    } else if (length > 0) {
      frames.add(fromLastStart(in.readRetainedSlice(length)));
      scanned = 0;
      stopClock();
    }
  }

  /** Moves to the next start of a frame unless one is being read. */
  private boolean isInFrame(ChannelHandlerContext context, ByteBuf in) {
    if (scanned == 0) {
      int outside = in.bytesBefore(START);
      if (outside < 0) {
        return false;
      }
      in.skipBytes(outside);
      scanned = 1;
      startClock(context);
    }
    return true;
  }

  /** Of the frame with both its end bytes; 0 while the end has not come. */
  private int lengthOfFrame(ByteBuf in) {
    int limit = in.writerIndex();
    int end = in.indexOf(in.readerIndex() + scanned, limit, END);
    while (end >= 0 && end + 1 < limit) {
      if (in.getByte(end + 1) == AFTER_END) {
        return end + 2 - in.readerIndex();
      }
      end = in.indexOf(end + 1, limit, END);
    }
    scanned = (end < 0 ? limit : end) - in.readerIndex();
    return 0;
  }

  /**
   * A sender that broke off within a message and began again leaves two starts in one frame. A lone
   * start byte is text: word processors write it for a line break.
   */
  private static ByteBuf fromLastStart(ByteBuf frame) {
    int at = frame.indexOf(frame.readerIndex() + 1, frame.writerIndex(), START);
    while (at >= 0) {
      if (frame.writerIndex() - at > NEXT_MESSAGE.length
          && ByteBufUtil.equals(frame, at, Unpooled.wrappedBuffer(NEXT_MESSAGE), 0, 4)) {
        frame.readerIndex(at);
      }
      at = frame.indexOf(at + 1, frame.writerIndex(), START);
    }
    return frame;
  }

  private void refuse(ChannelHandlerContext context, ByteBuf in) {
    int beginning = Math.min(BEGINNING_BYTES, in.readableBytes() - 1);
    byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex() + 1, beginning);
    in.skipBytes(in.readableBytes());
    discarding = true;
    stopClock();
    context.fireUserEventTriggered(new FrameTooLarge(bytes));
  }

  private void startClock(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> endOfPatience(context),
                settings.frameTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /** While we do not read, it is not the sender who keeps the frame waiting. */
  private void endOfPatience(ChannelHandlerContext context) {
    if (context.channel().config().isAutoRead()) {
      log.info("outcome=closed cause=frame-timeout channel={}", HospitalTranslator.CHANNEL);
      context.close();
    } else {
      startClock(context);
    }
  }

  private void stopClock() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
