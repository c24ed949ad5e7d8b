package io.fingerpost.bench.partner;

import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The made-up partners of the demo, and the registry file that makes them known to a server. */
public final class DemoPartners {

  public static final String GP = "demo-gp";
  public static final String HOSPITAL = "demo-hospital";
  public static final String COUNCIL = "demo-council";
  public static final String LANDLORD = "demo-landlord";
  public static final String FORM = "demo-form";
  public static final String SCHEME = "demo-scheme";
  public static final String ANALYST = "demo-analyst";
  public static final String OPERATOR = "demo-operator";

  private static final List<String> ALL =
      List.of(GP, HOSPITAL, COUNCIL, LANDLORD, FORM, SCHEME, ANALYST, OPERATOR);

  /**
   * Where partners are told, and how the hospital is known by TLS.
   *
   * @param hospital {@code host:port}, or {@code mllps://host:port}
   * @param gp base URL
   * @param certificate fingerprint of the one the hospital comes with
   */
  public record Told(String hospital, String gp, String certificate) {
    /** Nobody listens, and nobody comes by TLS; for runs in which nobody is told. */
    public static final Told NOBODY =
        new Told("localhost:9", "http://localhost:9/fhir", "00".repeat(32));
  }

  private DemoPartners() {}

  /** Writes each client's keys and the registry into a directory; returns the registry file. */
  public static Path register(Path directory, Told told) {
    Path keys = directory.resolve("keys");
    ALL.forEach(client -> Keys.generate(client, keys));
    String location = keys.toUri().toString();
    try {
      return Files.writeString(
          directory.resolve("partners.yaml"),
          registry()
              .replace("@keys@", location.replaceAll("/$", ""))
              .replace("@hospital@", told.hospital())
              .replace("@certificate@", told.certificate())
              .replace("@gp@", told.gp()));
    } catch (IOException e) {
      throw new CommandFailed("The registry could not be written into " + directory, e);
    }
  }

  private static String registry() throws IOException {
    try (InputStream in = DemoPartners.class.getResourceAsStream("partners.yaml")) {
      if (in == null) {
        throw new IOException("partners.yaml is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
