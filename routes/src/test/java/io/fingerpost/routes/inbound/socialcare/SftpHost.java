package io.fingerpost.routes.inbound.socialcare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Collections;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;

/** A council's SFTP server, made up: one user, by key, in one folder. */
final class SftpHost implements AutoCloseable {

  private final Path files;
  private final KeyPair own = rsa();
  private final KeyPair user = rsa();
  private SshServer server;
  private volatile @Nullable Gone going;

  SftpHost(Path files) {
    this.files = files;
    this.server = started(0);
  }

  private SshServer started(int port) {
    try {
      SshServer started = SshServer.setUpDefaultServer();
      started.setHost("localhost");
      started.setPort(port);
      started.setKeyPairProvider(KeyPairProvider.wrap(own));
      started.setPublickeyAuthenticator(
          (name, key, session) ->
              name.equals("fingerpost") && KeyUtils.compareKeys(key, user.getPublic()));
      SftpSubsystemFactory files = new SftpSubsystemFactory.Builder().build();
      files.addSftpEventListener(new GoesAway());
      started.setSubsystemFactories(Collections.singletonList(files));
      started.setFileSystemFactory(
          new VirtualFileSystemFactory(Files.createDirectories(this.files)));
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  /** When it goes away, once: after so many bytes of a file were read, or written. */
  enum Gone {
    WHILE_READ,
    WHILE_WRITTEN
  }

  /** Waits until it is gone, with every connection, in the midst of a file. */
  void goAway(Gone when) {
    going = when;
  }

  boolean isGone() {
    return !server.isOpen();
  }

  /** Cuts every connection from within: a listener's thread is one that stopping waits for. */
  private final class GoesAway implements SftpEventListener {

    @Override
    public void reading(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] data,
        int from,
        int length)
        throws IOException {
      goIf(Gone.WHILE_READ, offset);
    }

    @Override
    public void writing(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] data,
        int from,
        int length)
        throws IOException {
      goIf(Gone.WHILE_WRITTEN, offset);
    }

    private void goIf(Gone when, long offset) throws IOException {
      if (going == when && offset > 0) {
        going = null;
        server.close(true);
        throw new IOException("gone");
      }
    }
  }

  /** Gone, with every connection. */
  void stop() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void startAgain() {
    int port = server.getPort();
    server = started(port);
  }

  Path writeUserKey(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, "a test", null, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  Path writeKnownHosts(Path file) throws IOException {
    return knownHosts(file, own);
  }

  Path writeSomebodyElsesHosts(Path file) throws IOException {
    return knownHosts(file, rsa());
  }

  private Path knownHosts(Path file, KeyPair key) throws IOException {
    return Files.writeString(
        file,
        "[localhost]:" + port() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n",
        StandardCharsets.US_ASCII);
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
