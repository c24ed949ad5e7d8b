package io.fingerpost.routes.outbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fingerpost.routes.sharing.JvmTrust;
import io.fingerpost.routes.sharing.PartnerRefused;
import io.fingerpost.routes.sharing.PartnerUnreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MllpDeliveryTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private MllpDelivery delivery;
  private ServerSocket partner;

  @BeforeEach
  void start() throws Exception {
    camel.start();
    delivery = new MllpDelivery(camel, Duration.ofSeconds(1), JvmTrust.tls());
    partner = new ServerSocket(0);
  }

  @AfterEach
  void stop() throws IOException {
    partner.close();
    camel.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA", "CA"})
  void isDeliveredWhenThePartnerSaysSo(String code) {
    partnerAnswers(List.of("MSH|^~\\&|A\rMSA|" + code + "|R1\r"));
    delivery.send(address(), message("R1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AE", "CE"})
  void isRefusedWhenThePartnerDoesNotTakeIt(String code) {
    partnerAnswers(List.of("MSH|^~\\&|A\rMSA|" + code + "|R1|no\r"));
    assertThatThrownBy(() -> delivery.send(address(), message("R1")))
        .isInstanceOfSatisfying(
            PartnerRefused.class, refused -> assertThat(refused.answer()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AR", "CR"})
  void isTriedAgainWhenThePartnerCannotNow(String code) {
    partnerAnswers(List.of("MSH|^~\\&|A\rMSA|" + code + "|R1|later\r"));
    assertThatThrownBy(() -> delivery.send(address(), message("R1")))
        .isInstanceOf(PartnerUnreachable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MSH|^~\\&|A\rMSA|AA|R0\r", "MSH|^~\\&|A\r", "MSH|^~\\&|A\rMSA||R1\r", "x"})
  void isNotDeliveredByAnAnswerToSomethingElse(String answer) {
    partnerAnswers(List.of(answer));
    assertThatThrownBy(() -> delivery.send(address(), message("R1")))
        .isInstanceOf(PartnerUnreachable.class);
  }

  @Test
  void isNotDeliveredWhenNobodyListens() throws IOException {
    partner.close();
    assertThatThrownBy(() -> delivery.send(address(), message("R1")))
        .isInstanceOf(PartnerUnreachable.class);
  }

  /** The second message goes over the connection of the first: its patience counts there too. */
  @Test
  void isNotDeliveredWhenThePartnerFallsSilentAndIsTriedAgainAfterwards() {
    partnerAnswers(List.of("MSH|^~\\&|A\rMSA|AA|R1\r", "", "MSH|^~\\&|A\rMSA|AA|R3\r"));
    delivery.send(address(), message("R1"));
    assertThatThrownBy(() -> delivery.send(address(), message("R2")))
        .isInstanceOf(PartnerUnreachable.class);
    delivery.send(address(), message("R3"));
  }

  @Test
  void isNotDeliveredWhenThePartnerHangsUp() {
    partnerAnswers(List.of("hang up"));
    assertThatThrownBy(() -> delivery.send(address(), message("R1")))
        .isInstanceOf(PartnerUnreachable.class);
  }

  private String address() {
    return "127.0.0.1:" + partner.getLocalPort();
  }

  private static byte[] message(String controlId) {
    return ("MSH|^~\\&|FINGERPOST|Z9S01|ALDHELM|Z9H01|2026||RRI^I12|"
            + controlId
            + "|P|2.4\rMSA|AA|A1\r")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One answer for each frame, over as many connections as it takes; an empty one is silence. */
  private void partnerAnswers(List<String> answers) {
    Deque<String> left = new ArrayDeque<>(answers);
    Thread listener =
        new Thread(
            () -> {
              while (!left.isEmpty()) {
                try (Socket socket = partner.accept()) {
                  converse(socket, left);
                } catch (IOException e) {
                  return;
                }
              }
            });
    listener.setDaemon(true);
    listener.start();
  }

  private static void converse(Socket socket, Deque<String> left) throws IOException {
    InputStream in = socket.getInputStream();
    while (!left.isEmpty()) {
      for (int b = in.read(); b != 0x1c; b = in.read()) {
        if (b == -1) {
          return;
        }
      }
      String answer = left.remove();
      if (answer.equals("hang up")) {
        return;
      }
      if (!answer.isEmpty()) {
        socket
            .getOutputStream()
            .write(("\u000b" + answer + "\u001c\r").getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
