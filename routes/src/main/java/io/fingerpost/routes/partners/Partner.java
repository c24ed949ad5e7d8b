package io.fingerpost.routes.partners;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One row of the registry, as far as the routes need it: how an organisation sends to us, how it is
 * told, and whom to telephone. What is said here of a key, by its annotations, is all that is said
 * of it: the server holds the file to this record, and names every fault by its line.
 *
 * <p>A new channel is a record of its own, a component here, and a method of {@link Builder}.
 *
 * @param client name of its API client
 * @param organisation ODS code
 * @param name as it stands in the Organization made for it
 * @param hl7v2 how it sends and receives HL7 v2; absent where it does not
 * @param fhir where it receives FHIR messages; absent where it does not
 * @param files how it sends referrals as files; absent where it does not, or as is usual
 * @param mesh from which MESH mailbox it sends FHIR messages; absent where it does not
 * @param contact whom to telephone about its messages; absent where nobody is named
 * @param disabled true keeps out what it sends, and holds back what it is owed
 */
public record Partner(
    @NotBlank String client,
    @NotNull @Pattern(regexp = "[A-Z0-9]{3,10}") String organisation,
    @NotBlank String name,
    @NotNull Kind kind,
    @Nullable @Valid Hl7v2 hl7v2,
    @Nullable @Valid Fhir fhir,
    @Nullable @Valid FileSettings files,
    @Nullable @Valid Mesh mesh,
    @Nullable @Valid Contact contact,
    boolean disabled) {

  /** A partner without any channel, to which channels are added. */
  public static Builder of(String client, String organisation, String name, Kind kind) {
    return new Builder(client, organisation, name, kind);
  }

  /** The kinds of entry point and partner a scheme has. */
  public enum Kind {
    GP,
    HOSPITAL,
    COMMUNITY_HEALTH,
    ADULT_SOCIAL_CARE,
    HOUSING,
    VOLUNTARY,
    FAITH,
    SELF,
    SCHEME,
    ANALYST
  }

  /**
   * @param sendingApplication MSH-3.1 of what it sends
   * @param sendingFacility MSH-4.1 of what it sends
   * @param address {@code host:port} of its MLLP listener, {@code mllps://host:port} where that
   *     speaks TLS; absent when it takes no answers back
   * @param certificates SHA-256 fingerprints of the client certificates it comes with; where there
   *     are any, it is let in with one of them only
   */
  public record Hl7v2(
      @NotBlank String sendingApplication,
      @NotBlank String sendingFacility,
      @Nullable @Pattern(regexp = "(mllps://)?[^:/]+:[0-9]{1,5}") String address,
      @DefaultValue List<@Pattern(regexp = "[0-9a-f]{64}") String> certificates) {

    /** OpenSSL writes fingerprints in capitals and with colons. */
    public Hl7v2 {
      certificates =
          certificates.stream()
              .map(written -> written.replace(":", "").toLowerCase(Locale.ROOT))
              .toList();
    }
  }

  /**
   * @param endpoint base URL that takes {@code $process-message}; plain HTTP only to this machine
   */
  public record Fhir(
      @NotNull
          @Pattern(
              regexp =
                  "https://[^/].*|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]+)?(/.*)?",
              message = "use https://; http:// only to this machine")
          String endpoint) {}

  /**
   * @param mailbox id of the MESH mailbox it sends from, and is answered to
   */
  public record Mesh(@NotNull @Pattern(regexp = "[A-Z0-9]{1,20}") String mailbox) {}

  /**
   * Whom to telephone about what it sends: a person or a desk at the sender, and never anybody a
   * message is about.
   */
  public record Contact(
      @NotBlank(message = "name the person or desk to turn to") String name,
      @Nullable @Pattern(regexp = "[^@\\s]+@[^@\\s]+", message = "write an e-mail address")
          String email,
      @Nullable
          @Pattern(
              regexp = "[+0-9][0-9 ()-]{4,24}",
              message = "write a telephone number in quotation marks")
          String telephone) {}

  /** Makes a partner of what it has; what is not said is not there. */
  public static final class Builder {
    private final String client;
    private final String organisation;
    private final String name;
    private final Kind kind;
    private @Nullable Hl7v2 hl7v2;
    private @Nullable Fhir fhir;
    private @Nullable FileSettings files;
    private @Nullable Mesh mesh;
    private @Nullable Contact contact;
    private boolean disabled;

    private Builder(String client, String organisation, String name, Kind kind) {
      this.client = client;
      this.organisation = organisation;
      this.name = name;
      this.kind = kind;
    }

    public Builder hl7v2(Hl7v2 channel) {
      this.hl7v2 = channel;
      return this;
    }

    public Builder fhir(Fhir channel) {
      this.fhir = channel;
      return this;
    }

    public Builder files(@Nullable FileSettings channel) {
      this.files = channel;
      return this;
    }

    public Builder mesh(Mesh channel) {
      this.mesh = channel;
      return this;
    }

    public Builder contact(Contact whom) {
      this.contact = whom;
      return this;
    }

    public Builder disabled() {
      this.disabled = true;
      return this;
    }

    public Partner build() {
      return new Partner(
          client, organisation, name, kind, hl7v2, fhir, files, mesh, contact, disabled);
    }
  }
}
