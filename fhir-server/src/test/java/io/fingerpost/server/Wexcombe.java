package io.fingerpost.server;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import com.nimbusds.jose.jwk.JWK;
import io.fingerpost.server.tls.Authority;
import io.fingerpost.server.tls.Authority.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.FileSystemUtils;

/**
 * The place the tests play in: a scheme, two hospitals, a surgery, two landlords, a council, their
 * keys and where they listen. Made afresh for each run under {@code target/it-data}.
 */
final class Wexcombe {

  static final Path DATA = Path.of("target", "it-data").toAbsolutePath();
  static final Path REGISTRY_FILE = DATA.resolve("partners.yaml");
  static final Path LOG = DATA.resolve("everything.log");

  static final int HTTP_PORT = freePort();
  static final int MLLP_PORT = freePort();

  /** Where St Aldhelm takes answers, and where Bramley Surgery does. */
  static final int ALDHELM_PORT = freePort();

  static final int BRAMLEY_PORT = freePort();

  /** The secure ports: ours, and those of St Edith Hospital and Tiler Surgery. */
  static final int MLLP_TLS_PORT = freePort();

  static final int HTTPS_PORT = freePort();
  static final int EDITH_PORT = freePort();
  static final int TILER_PORT = freePort();

  /** MESH, where the scheme has a mailbox; a surgery's is {@code X26} and its code. */
  static final int MESH_PORT = freePort();

  static final String MAILBOX = "X26WEX1";
  static final String WORKFLOW = "WEX_REFERRAL";

  /** Where the program's own certificate and key are, {@code own.pem} and {@code own.key}. */
  static final Path TLS = DATA.resolve("tls");

  static final Authority AUTHORITY = new Authority("Wexcombe authority");
  static final Issued EDITH = AUTHORITY.issue("localhost");
  static final Issued TILER = AUTHORITY.issue("localhost");

  static final String SERVER = "http://localhost:" + HTTP_PORT;

  private static final String EVERYTHING =
      "system/*.cruds, \"system/$meta.crud\", \"system/$meta-add.crud\","
          + " \"system/$meta-delete.crud\", \"system/$expunge.crud\", \"system/$share-decision.r\","
          + " \"system/$viewdefinition-run.r\", \"system/$extract.c\", \"system/$process-message.c\","
          + " \"system/$housing-referral.cr\", \"system/$refer.c\"";

  private static final Registry REGISTRY = registry();

  static final MeshSandbox MESH = MeshSandbox.byTls(MESH_PORT, AUTHORITY, TLS);

  static final ApiClient SCHEME = client("scheme");
  static final ApiClient HOSPITAL = client("hospital");
  static final ApiClient OTHER_HOSPITAL = client("other-hospital");
  static final ApiClient GP = client("gp");

  static final ApiClient FORM = client("form");
  static final ApiClient LANDLORD = client("landlord");
  static final ApiClient OTHER_LANDLORD = client("other-landlord");

  /** With every scope there is; what it may see is another matter. */
  static final ApiClient PRYING = client("prying");

  static final ApiClient COUNCIL = client("council");
  static final ApiClient ANALYST = client("analyst");
  static final ApiClient OPERATOR = client("operator");

  /** Whoever may set consent aside: in an emergency department, and in a safeguarding team. */
  static final ApiClient EMERGENCY = client("emergency");

  static final ApiClient SAFEGUARDING = client("safeguarding");

  private Wexcombe() {}

  static JWK key(String client) {
    return REGISTRY.key(client);
  }

  static ApiClient client(String name) {
    return new ApiClient(SERVER, name, REGISTRY.key(name));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Registry registry() {
    try {
      FileSystemUtils.deleteRecursively(DATA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Registry(DATA)
        .scheme("scheme")
        .client(
            "routes",
            "Z9S01",
            "scheme",
            "routes",
            "TREAT",
            "system/*.crs, \"system/$share-decision.r\", \"system/$record-operator-act.c\"",
            "")
        .hospital("hospital", "Z9H01", "ALDHELM", ALDHELM_PORT)
        .hospital("other-hospital", "Z9H02", "OSWALD", freePort())
        .hospital("new-hospital", "Z9H04", "BERNARD", freePort())
        .hospitalByTls("edith", "Z9H03", "EDITH", EDITH_PORT, EDITH.fingerprint())
        .gp("gp", "Z91001", BRAMLEY_PORT)
        .client("form", "Z9F01", "self", "form", "TREAT", "\"system/$refer.c\"", "")
        .client("church", "Z9F02", "faith", "form", "TREAT", "\"system/$refer.c\"", "")
        .client("grasping-form", "Z9X06", "self", "form", "TREAT", EVERYTHING, "")
        .landlord("landlord", "Z9L01")
        .landlord("other-landlord", "Z9L02")
        .gp("far-gp", "Z91003", freePort())
        .gpByTls("tiler", "Z91002", TILER_PORT, TILER.fingerprint())
        .client(
            "prying",
            "Z9H09",
            "hospital",
            "sender, partner",
            "TREAT",
            "system/*.cruds, "
                + Stream.of(
                        "everything",
                        "export",
                        "meta",
                        "meta-add",
                        "meta-delete",
                        "validate",
                        "share-decision",
                        "viewdefinition-run",
                        "extract",
                        "expunge",
                        "match-candidates",
                        "match-decision",
                        "reindex")
                    .map(name -> "\"system/$" + name + ".cruds\"")
                    .collect(Collectors.joining(", ")),
            "")
        .client(
            "council", "Z9C01", "adult-social-care", "partner", "TREAT", "system/CarePlan.rs", "")
        .client(
            "analyst",
            "Z9A01",
            "analyst",
            "analyst",
            "HQUALIMP",
            "\"system/$viewdefinition-run.r\"",
            "")
        .client(
            "operator",
            "Z9S01",
            "scheme",
            "operator",
            "HOPERAT",
            "system/AuditEvent.rs, \"system/$verify-audit.r\", \"system/$share-decision.r\","
                + " \"system/$overrides.r\", \"system/$end-override.c\","
                + " \"system/$match-decision.c\"",
            "")
        // Each is registered for all there is: what its role does not allow, no scope gives it.
        .client("grasping-sender", "Z9X01", "hospital", "sender", "TREAT", EVERYTHING, "")
        .client("grasping-partner", "Z9X02", "housing", "partner", "TREAT", EVERYTHING, "")
        .client("grasping-analyst", "Z9X03", "analyst", "analyst", "TREAT", EVERYTHING, "")
        .client("grasping-operator", "Z9X04", "scheme", "operator", "HOPERAT", EVERYTHING, "")
        // Here today, and what a test makes of it tomorrow.
        .client("visitor", "Z9X05", "hospital", "partner", "TREAT", "system/*.rs", "")
        .client(
            "emergency",
            "Z9H01",
            "hospital",
            "partner",
            "BTG, TREAT, HQUALIMP",
            "system/CarePlan.rs, system/Observation.rs, system/Patient.rs,"
                + " \"system/$emergency-override.c\"",
            "")
        .client(
            "safeguarding",
            "Z9C01",
            "adult-social-care",
            "partner",
            "TREAT",
            "system/CarePlan.rs, system/Observation.rs, system/Communication.rs,"
                + " \"system/$safeguarding-override.c\"",
            "");
  }

  /** Puts the program in Wexcombe, and keeps all that it logs. */
  static final class Setting
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      keepLog();
      MutablePropertySources sources = context.getEnvironment().getPropertySources();
      Map<String, Object> settings = new HashMap<>();
      settings.put("fingerpost.data", DATA.toString());
      settings.put("fingerpost.access.registry", REGISTRY_FILE.toString());
      settings.put("fingerpost.mllp.port", MLLP_PORT);
      settings.put("server.port", HTTP_PORT);
      settings.putAll(tls());
      settings.putAll(mesh(DATA, "https://localhost:" + MESH_PORT));
      sources.addFirst(new MapPropertySource("wexcombe", settings));
      try {
        new YamlPropertySourceLoader()
            .load("registry", new FileSystemResource(REGISTRY.write()))
            .forEach(sources::addLast);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Also for a program of its own. */
    static Map<String, Object> mesh(Path folder, String url) {
      try {
        Files.createDirectories(folder);
        return Map.of(
            "fingerpost.mesh.url",
            url,
            "fingerpost.mesh.shared-key-file",
            Files.writeString(folder.resolve("mesh.key"), MeshSandbox.SHARED_KEY + "\n").toString(),
            "fingerpost.mesh.mailboxes[0].id",
            MAILBOX,
            "fingerpost.mesh.mailboxes[0].password-file",
            Files.writeString(folder.resolve("mesh.password"), MeshSandbox.PASSWORD).toString(),
            "fingerpost.mesh.mailboxes[0].workflows",
            WORKFLOW,
            "fingerpost.mesh.pace.poll",
            "200ms",
            "fingerpost.mesh.pace.answer",
            "3s",
            "fingerpost.mesh.pace.lease",
            "4s");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Map<String, Object> tls() {
      Issued own = AUTHORITY.issue("localhost");
      own.writeCertificate(TLS.resolve("own.pem"));
      own.writeKey(TLS.resolve("own.key"));
      AUTHORITY.writeCertificate(TLS.resolve("authority.pem"));
      Map<String, Object> settings = new HashMap<>(certificates());
      settings.putAll(ports());
      return settings;
    }

    /** The same for another program. */
    static Map<String, Object> certificates() {
      return Map.of(
          "fingerpost.tls.reload",
          "200ms",
          "fingerpost.tls.certificate",
          TLS.resolve("own.pem").toString(),
          "fingerpost.tls.key",
          TLS.resolve("own.key").toString(),
          "fingerpost.tls.trust",
          TLS.resolve("authority.pem").toString(),
          "fingerpost.tls.partner-trust",
          TLS.resolve("authority.pem").toString());
    }

    private static Map<String, Object> ports() {
      return Map.of(
          "fingerpost.https.port",
          HTTPS_PORT,
          "fingerpost.mllp.tls.port",
          MLLP_TLS_PORT,
          "fingerpost.mllp.tls.handshake-timeout",
          "2s");
    }

    private static void keepLog() {
      if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logback)) {
        throw new IllegalStateException("logback expected");
      }
      PatternLayoutEncoder encoder = new PatternLayoutEncoder();
      encoder.setContext(logback);
      encoder.setPattern("%d %level %logger %mdc %kvp %msg%n%ex{full}");
      encoder.start();
      FileAppender<ILoggingEvent> file = new FileAppender<>();
      file.setContext(logback);
      file.setName("everything");
      file.setFile(LOG.toString());
      file.setEncoder(encoder);
      file.start();
      logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file);
    }
  }
}
