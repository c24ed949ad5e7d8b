package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameGuardTest {

  private static final String MESSAGE = "\u000bMSH|a\r\u001c\r";

  private final HospitalSettings settings = Aldhelm.settings(2575);
  private final AtomicInteger connections = new AtomicInteger();

  @Test
  void passesEachFrameOfAWriteOnItsOwn() {
    EmbeddedChannel channel = guarded();
    write(channel, MESSAGE + MESSAGE + MESSAGE);
    assertThat(frames(channel)).containsExactly(MESSAGE, MESSAGE, MESSAGE);
  }

  @Test
  void passesAFrameThatComesByteByByte() {
    EmbeddedChannel channel = guarded();
    for (char c : (MESSAGE + "noise" + MESSAGE).toCharArray()) {
      write(channel, String.valueOf(c));
    }
    assertThat(frames(channel)).containsExactly(MESSAGE, MESSAGE);
  }

  @Test
  void skipsWhatStandsOutsideFrames() {
    EmbeddedChannel channel = guarded();
    write(channel, "GET / HTTP/1.1\r\n\r\n\u001c\r" + MESSAGE + "\n\n");
    assertThat(frames(channel)).containsExactly(MESSAGE);
  }

  @Test
  void doesNotEndAFrameAtALoneEndByte() {
    EmbeddedChannel channel = guarded();
    write(channel, "\u000bMSH|\u001c");
    write(channel, "x\u001c\u001c\r");
    assertThat(frames(channel)).containsExactly("\u000bMSH|\u001cx\u001c\u001c\r");
  }

  @Test
  void dropsAMessageItsSenderBrokeOffAndBeganAgain() {
    EmbeddedChannel channel = guarded();
    write(channel, "\u000bMSH|half" + MESSAGE);
    assertThat(frames(channel)).containsExactly(MESSAGE);
  }

  @Test
  void takesAStartByteWithinTextForTheLineBreakOfAWordProcessor() {
    EmbeddedChannel channel = guarded();
    String message = "\u000bMSH|a\rNTE|||one\u000btwo\r\u001c\r";
    write(channel, message);
    assertThat(frames(channel)).containsExactly(message);
  }

  @Test
  void stopsReadingAFrameThatGrowsPastTheLimit() {
    List<Object> events = new ArrayList<>();
    EmbeddedChannel channel = guarded(events);
    String chunk = "x".repeat(10_000);
    write(channel, "\u000bMSH|^~\\&|");
    for (int i = 0; i < 2_000; i++) {
      write(channel, chunk);
    }
    write(channel, "\u001c\r" + MESSAGE);
    assertThat(frames(channel)).isEmpty();
    assertThat(events).hasSize(1);
    assertThat(((FrameGuard.FrameTooLarge) events.get(0)).beginning())
        .startsWith("MSH|^~\\&|".getBytes(StandardCharsets.US_ASCII))
        .hasSizeLessThan(5_000);
  }

  @Test
  void closesAConnectionWhoseFrameNeverEnds() {
    EmbeddedChannel channel = guarded();
    write(channel, MESSAGE + "\u000bMSH|");
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    write(channel, "still");
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void leavesAConnectionOpenThatIsIdleBetweenMessages() {
    EmbeddedChannel channel = guarded();
    write(channel, MESSAGE);
    channel.advanceTimeBy(1, TimeUnit.DAYS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void waitsOnWhileItIsWeWhoDoNotRead() {
    EmbeddedChannel channel = guarded();
    write(channel, "\u000bMSH|");
    channel.config().setAutoRead(false);
    channel.advanceTimeBy(1, TimeUnit.HOURS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void closesAConnectionTooMany() {
    List<EmbeddedChannel> open = new ArrayList<>();
    for (int i = 0; i < settings.maxConnections(); i++) {
      open.add(guarded());
    }
    assertThat(guarded().isOpen()).isFalse();
    open.get(0).close();
    assertThat(guarded().isOpen()).isTrue();
  }

  @Test
  void stopsReadingWhileMuchWaitsForItsAnswerAndReadsOnAfterwards() {
    EmbeddedChannel channel = new EmbeddedChannel(new AnswersInOrder(settings, unused -> none()));
    for (int i = 0; i < 64; i++) {
      channel.writeInbound(new byte[10]);
    }
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.writeOutbound(new byte[1]);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void answersAFrameTooLargeAfterThoseBeforeItAndThenCloses() {
    EmbeddedChannel channel =
        new EmbeddedChannel(new AnswersInOrder(settings, unused -> Optional.of(new byte[] {9})));
    channel.writeInbound(new byte[] {1});
    channel.pipeline().fireUserEventTriggered(new FrameGuard.FrameTooLarge(new byte[0]));
    assertThat(channel.outboundMessages()).isEmpty();
    channel.writeOutbound(new byte[] {1});
    assertThat((byte[]) channel.readOutbound()).containsExactly(1);
    assertThat((byte[]) channel.readOutbound()).containsExactly(9);
    assertThat(channel.isOpen()).isTrue();
    channel.advanceTimeBy(6, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void closesRatherThanLeaveASenderWaitingForAnAnswerThatBroke() {
    EmbeddedChannel channel = new EmbeddedChannel(new AnswersInOrder(settings, unused -> none()));
    channel.writeInbound(new byte[] {1});
    channel.write(new IllegalStateException());
    assertThat(channel.isOpen()).isFalse();
  }

  private static Optional<byte[]> none() {
    return Optional.empty();
  }

  private EmbeddedChannel guarded() {
    return guarded(new ArrayList<>());
  }

  private EmbeddedChannel guarded(List<Object> events) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new FrameGuard(settings, connections),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext context, Object event) {
                events.add(event);
              }
            });
    channel.freezeTime();
    return channel;
  }

  private static void write(EmbeddedChannel channel, String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
  }

  private static List<String> frames(EmbeddedChannel channel) {
    List<String> frames = new ArrayList<>();
    for (ByteBuf frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      frames.add(frame.toString(StandardCharsets.ISO_8859_1));
      frame.release();
    }
    return frames;
  }
}
