package io.fingerpost.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A registry file with its clients' keys, made where a server under test looks for them. */
final class Registry {

  private static final String HEAD =
      """
      fingerpost:
        scheme: {organisation: Z9S01, name: Wexcombe Connect}
        partners:
      """;

  private static final String READS =
      "system/Patient.rs, system/ServiceRequest.rs, system/Task.rs, system/CarePlan.rs,"
          + " system/Goal.rs, system/Observation.rs, system/Organization.rs, system/Consent.rs";

  private static final String KEEPS =
      "system/*.cruds, \"system/$share-decision.r\", \"system/$viewdefinition-run.r\","
          + " \"system/$extract.c\"";

  private final Path folder;
  private final StringBuilder yaml = new StringBuilder(HEAD);
  private final Map<String, JWK> keys = new LinkedHashMap<>();

  Registry(Path folder) {
    this.folder = folder;
  }

  Registry scheme(String client) {
    return client(client, "Z9S01", "scheme", "scheme", "TREAT", KEEPS, "");
  }

  Registry hospital(String client, String ods, String application, int port) {
    String hl7 =
        "      hl7v2: {sendingApplication: %s, sendingFacility: %s, address: \"localhost:%d\"}\n"
            .formatted(application, ods, port);
    return client(client, ods, "hospital", "sender, partner", "TREAT", READS, hl7);
  }

  /** Comes with its certificate alone, and takes answers by TLS. */
  Registry hospitalByTls(
      String client, String ods, String application, int port, String certificate) {
    String hl7 =
        ("      hl7v2:\n        sendingApplication: %s\n        sendingFacility: %s\n"
                + "        address: \"mllps://localhost:%d\"\n        certificates: [\"%s\"]\n")
            .formatted(application, ods, port, certificate);
    return client(client, ods, "hospital", "sender, partner", "TREAT", READS, hl7);
  }

  /** The same, of a surgery. */
  Registry gpByTls(String client, String ods, int port, String certificate) {
    String more =
        "      certificates: [\"%s\"]\n      fhir: {endpoint: \"https://localhost:%d/fhir\"}\n"
            .formatted(certificate, port);
    String scopes = READS + ", \"system/$process-message.c\"";
    return client(client, ods, "gp", "sender, partner", "TREAT", scopes, more);
  }

  Registry gp(String client, String ods, int port) {
    String fhir =
        "      fhir: {endpoint: \"http://localhost:%d/fhir\"}\n      mesh: {mailbox: X26%s}\n"
            .formatted(port, ods);
    String scopes = READS + ", \"system/$process-message.c\"";
    return client(client, ods, "gp", "sender, partner", "TREAT", scopes, fhir);
  }

  Registry landlord(String client, String ods) {
    String scopes = READS + ", \"system/$housing-referral.cr\"";
    return client(client, ods, "housing", "sender", "TREAT", scopes, "");
  }

  Registry client(
      String client,
      String ods,
      String kind,
      String roles,
      String purpose,
      String scopes,
      String more) {
    Path file = folder.resolve("keys").resolve(client + ".jwks.json");
    yaml.append("    - client: ").append(client).append('\n');
    yaml.append("      organisation: ").append(ods).append('\n');
    yaml.append("      name: Made-up ").append(client).append('\n');
    yaml.append("      kind: ").append(kind).append('\n');
    yaml.append("      roles: [").append(roles).append("]\n");
    yaml.append("      purposes: [").append(purpose).append("]\n");
    yaml.append("      scopes: [").append(scopes).append("]\n");
    yaml.append("      keys: \"").append(file.toUri()).append("\"\n");
    yaml.append(more);
    write(file, new JWKSet(keyOf(client)).toString(true));
    return this;
  }

  /** The council has an elliptic curve, everyone else RSA: both kinds of assertion are in use. */
  private JWK keyOf(String client) {
    return keys.computeIfAbsent(
        client, name -> name.equals("council") ? curve(name) : rsa(name, "key of " + name));
  }

  static JWK rsa(String client, String id) {
    try {
      return new RSAKeyGenerator(2048)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS384)
          .keyID(id)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(client, e);
    }
  }

  private static JWK curve(String client) {
    try {
      return new ECKeyGenerator(Curve.P_384)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES384)
          .keyID("key of " + client)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(client, e);
    }
  }

  JWK key(String client) {
    JWK key = keys.get(client);
    if (key == null) {
      throw new IllegalArgumentException(client);
    }
    return key;
  }

  Path write() {
    Path file = folder.resolve("partners.yaml");
    write(file, yaml.toString());
    return file;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
