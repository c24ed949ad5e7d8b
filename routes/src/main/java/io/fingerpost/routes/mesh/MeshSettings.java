package io.fingerpost.routes.mesh;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which MESH mailboxes are the scheme's own, and how they are looked into. None unless some are
 * named.
 *
 * @param url of MESH, without {@code /messageexchange}; plain HTTP only to this machine
 * @param sharedKeyFile holds the environment's shared key, as NHS England gives it out
 * @param sslBundle the Spring SSL bundle with our client certificate and MESH's authority
 * @param maxSize of one message, as it comes and decompressed; a larger one is refused
 * @param mailboxes the scheme's own
 * @param pace how often, and how long
 */
@Validated
@ConfigurationProperties("fingerpost.mesh")
public record MeshSettings(
    @Nullable URI url,
    @Nullable Path sharedKeyFile,
    @DefaultValue("fingerpost-outbound") @NotBlank String sslBundle,
    @DefaultValue("1MB") @NotNull DataSize maxSize,
    @DefaultValue @Valid List<OwnMailbox> mailboxes,
    @DefaultValue @Valid Pace pace) {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * One mailbox of the scheme.
   *
   * @param id as MESH knows it
   * @param passwordFile holds its password; read again when it has changed
   * @param workflows workflow ids of what is taken there; all else is refused
   * @param answerWorkflow workflow id of answers; the first of the others with {@code _ACK} where
   *     it is left out
   */
  public record OwnMailbox(
      @NotNull @Pattern(regexp = "[A-Z0-9]{1,20}") String id,
      @NotNull Path passwordFile,
      @NotEmpty List<@NotBlank String> workflows,
      @Nullable String answerWorkflow) {

    public OwnMailbox {
      id = id.toUpperCase(Locale.ROOT);
    }

    String workflowOfAnswers() {
      return answerWorkflow == null ? workflows.get(0) + "_ACK" : answerWorkflow;
    }
  }

  /**
   * @param poll between two looks into a mailbox
   * @param lease how long a node has a mailbox to itself after its last sign of life
   * @param handshake a mailbox is validated with MESH at the start and again after this
   * @param connect how long MESH may take to connect
   * @param answer and to answer in full
   * @param giveUpAfter an answer not sent by then is an operator's
   */
  public record Pace(
      @DefaultValue("5m") @NotNull Duration poll,
      @DefaultValue("5m") @NotNull Duration lease,
      @DefaultValue("12h") @NotNull Duration handshake,
      @DefaultValue("5s") @NotNull Duration connect,
      @DefaultValue("60s") @NotNull Duration answer,
      @DefaultValue("5d") @NotNull Duration giveUpAfter) {

    public Pace {
      if (poll.toMillis() < 100 || connect.toMillis() < 1 || answer.toMillis() < 1) {
        throw new IllegalArgumentException(
            "fingerpost.mesh.pace: poll at least 100ms, connect and answer at least 1ms");
      }
      if (lease.compareTo(answer) <= 0) {
        throw new IllegalArgumentException(
            "fingerpost.mesh.pace.lease: longer than pace.answer, or two nodes work one mailbox");
      }
    }
  }

  public MeshSettings {
    if (maxSize.toBytes() < 1024 || maxSize.toBytes() > 100L * 1024 * 1024) {
      throw new IllegalArgumentException("fingerpost.mesh.max-size must be 1KB to 100MB");
    }
    if (!mailboxes.isEmpty()) {
      requireReachable(url, sharedKeyFile);
      if (mailboxes.stream().map(OwnMailbox::id).distinct().count() < mailboxes.size()) {
        throw new IllegalArgumentException("fingerpost.mesh.mailboxes: one stands there twice");
      }
    }
  }

  private static void requireReachable(@Nullable URI url, @Nullable Path sharedKeyFile) {
    if (url == null || sharedKeyFile == null) {
      throw new IllegalArgumentException(
          "fingerpost.mesh: mailboxes need fingerpost.mesh.url and fingerpost.mesh.shared-key-file");
    }
    boolean plainHere = "http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost());
    if (url.getHost() == null || !("https".equals(url.getScheme()) || plainHere)) {
      throw new IllegalArgumentException(
          "fingerpost.mesh.url: use https://; http:// only to this machine");
    }
  }

  /** The address, without a slash at its end. */
  String base() {
    return url == null ? "" : url.toString().replaceAll("/+$", "");
  }
}
