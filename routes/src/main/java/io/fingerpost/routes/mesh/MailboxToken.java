package io.fingerpost.routes.mesh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a request to a mailbox is authorised with: {@code NHSMESH
 * mailbox:nonce:count:timestamp:hash}, where hash is HMAC-SHA256 by the shared key of {@code
 * mailbox:nonce:count:password:timestamp}. Each is used once. The files are read each time, so a
 * renewed password counts from the next request on.
 */
final class MailboxToken {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm").withZone(ZoneOffset.UTC);

  private final String mailbox;
  private final Path password;
  private final Path sharedKey;
  private final Clock clock;

  MailboxToken(String mailbox, Path password, Path sharedKey, Clock clock) {
    this.mailbox = mailbox;
    this.password = password;
    this.sharedKey = sharedKey;
    this.clock = clock;
  }

  String next() {
    return of(UUID.randomUUID().toString());
  }

  String of(String nonce) {
    String timestamp = MINUTE.format(clock.instant());
    String open = mailbox + ":" + nonce + ":0:";
    return "NHSMESH " + open + timestamp + ":" + hash(open + secret(password) + ":" + timestamp);
  }

  private String hash(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret(sharedKey).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Editors end files with a line break; no password does. */
  private static String secret(Path file) {
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new MeshUnreachable("an empty secret file");
      }
      return secret;
    } catch (IOException unreadable) {
      throw new MeshUnreachable("an unreadable secret file");
    }
  }
}
