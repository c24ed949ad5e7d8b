package io.fingerpost.routes.reliability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor.CipherAlgorithm;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;

/** The key of the message log, what encrypts with it, and what is counted of it. */
@Configuration(proxyBeanMethods = false)
class ReliabilityConfiguration {

  private static final int KEY_BYTES = 32;

  /** AES-256 in Galois/Counter mode: what was altered does not decrypt. */
  @Bean
  BytesEncryptor messageEncryptor(MessageSettings settings) {
    return new AesBytesEncryptor(
        new SecretKeySpec(key(settings.keyFile()), "AES"),
        KeyGenerators.secureRandom(16),
        CipherAlgorithm.GCM);
  }

  @Bean
  MeterBinder heldMessagesMetric(MessageLog messages) {
    return meters ->
        Gauge.builder("fingerpost.messages.held", messages, MessageLog::countHeld)
            .description("messages that wait until somebody has decided whom they are about")
            .register(meters);
  }

  private static byte[] key(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new IllegalStateException("the message key is not " + KEY_BYTES + " bytes: " + file);
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("the message key is not readable: " + file, e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(file, key);
  }
}
