package io.fingerpost.routes.inbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listener with its Camel context alone, spoken to over a plain socket. */
@Timeout(60)
class HospitalInboundRouteTest {

  private final FakeIntake intake = new FakeIntake();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    HospitalSettings settings = Aldhelm.settings(port);
    HospitalReception reception =
        new HospitalReception(
            Aldhelm.PARTNERS, intake, settings, Clock.fixed(Aldhelm.NOW, ZoneOffset.UTC));
    camel.addRoutes(new HospitalInboundRoute(reception, settings, Aldhelm.noTls()));
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void answersAHundredFramesOfOneWriteEachAndInOrder() throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      frames.writeBytes(frame(Aldhelm.referral("A" + i)));
      expected.add("AA|A" + i);
    }
    try (Socket socket = connect()) {
      socket.getOutputStream().write(frames.toByteArray());
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(acknowledged(readFrame(socket.getInputStream())));
      }
      assertThat(answers).isEqualTo(expected);
    }
    assertThat(intake.received).hasSize(100);
  }

  @Test
  void servesOneConnectionWhileAnotherWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Socket slow = connect();
        Socket quick = connect()) {
      intake.beforeEach =
          () -> {
            begun.countDown();
            await(release);
          };
      send(slow, Aldhelm.referral("SLOW"));
      begun.await();
      intake.beforeEach = () -> {};
      send(quick, Aldhelm.referral("QUICK"));
      assertThat(acknowledged(readFrame(quick.getInputStream()))).isEqualTo("AA|QUICK");
      release.countDown();
      assertThat(acknowledged(readFrame(slow.getInputStream()))).isEqualTo("AA|SLOW");
    }
  }

  @Test
  void rejectsAFrameOfTwentyMegabytesAfterTheAnswersBeforeItAndServesOn() throws IOException {
    byte[] large = new byte[20 * 1024 * 1024];
    Arrays.fill(large, (byte) 'x');
    byte[] beginning = Aldhelm.referral("BIG");
    System.arraycopy(beginning, 0, large, 0, beginning.length);
    try (Socket socket = connect()) {
      send(socket, Aldhelm.referral("A1"));
      send(socket, large);
      assertThat(acknowledged(readFrame(socket.getInputStream()))).isEqualTo("AA|A1");
      assertThat(acknowledged(readFrame(socket.getInputStream()))).isEqualTo("AR|BIG");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThatItServes();
  }

  @Test
  void closesAConnectionWithHalfAFrameAndServesOn() throws IOException {
    try (Socket socket = connect()) {
      byte[] frame = frame(Aldhelm.referral("A1"));
      socket.getOutputStream().write(frame, 0, frame.length / 2);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThatItServes();
  }

  @Test
  void servesOnAfterConnectionsThatBreakOff() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Socket socket = connect()) {
        socket.setSoLinger(true, 0);
        send(socket, Aldhelm.referral("GONE" + i));
      }
    }
    assertThatItServes();
  }

  @Test
  void answersWhenTheSpineBreaks() throws IOException {
    intake.beforeEach =
        () -> {
          throw new IllegalStateException("the database is away");
        };
    try (Socket socket = connect()) {
      send(socket, Aldhelm.referral("A1"));
      assertThat(acknowledged(readFrame(socket.getInputStream()))).isEqualTo("AR|A1");
      intake.beforeEach = () -> {};
      send(socket, Aldhelm.referral("A1"));
      assertThat(acknowledged(readFrame(socket.getInputStream()))).isEqualTo("AA|A1");
    }
  }

  private void assertThatItServes() throws IOException {
    try (Socket socket = connect()) {
      send(socket, Aldhelm.referral("AFTER"));
      assertThat(acknowledged(readFrame(socket.getInputStream()))).isEqualTo("AA|AFTER");
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, byte[] message) throws IOException {
    socket.getOutputStream().write(frame(message));
  }

  private static byte[] frame(byte[] message) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x0b);
    frame.writeBytes(message);
    frame.write(0x1c);
    frame.write(0x0d);
    return frame.toByteArray();
  }

  private static String readFrame(InputStream in) throws IOException {
    assertThat(in.read()).isEqualTo(0x0b);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int b = in.read(); b != 0x1c; b = in.read()) {
      assertThat(b).isNotEqualTo(-1);
      frame.write(b);
    }
    assertThat(in.read()).isEqualTo(0x0d);
    return frame.toString(StandardCharsets.UTF_8);
  }

  /** {@code AA|A1} of an answer. */
  private static String acknowledged(String answer) {
    String msa = answer.substring(answer.indexOf("\rMSA|") + 5);
    String[] fields = msa.split("[|\r]");
    return fields[0] + "|" + fields[1];
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
