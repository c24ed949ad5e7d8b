package io.fingerpost.server.access;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One row of the registry, as far as access needs it: whose client this is and what it may ask for.
 *
 * @param client its id at the token endpoint
 * @param organisation ODS code its requests are made for; never taken from a payload
 * @param kind the kind of organisation, for consents that name a kind
 * @param roles what it is to the scheme
 * @param scopes SMART v2 system scopes it may be given: {@code system/CarePlan.rs}
 * @param purposes purposes of use (v3-ActReason) it may state; the first is taken when it states
 *     none
 * @param keys its public keys, as the location of a JSON Web Key Set; absent for one that only
 *     sends by other channels
 * @param certificates SHA-256 fingerprints of the client certificates it comes with; where there
 *     are any, it gets a token with one of them only
 * @param disabled true shuts it out at once, and takes its tokens from it
 * @param requestsASecond how often it may come, where not as often as others
 */
public record Client(
    @NotBlank String client,
    @NotNull @Pattern(regexp = "[A-Z0-9]{3,10}") String organisation,
    @NotNull @Pattern(regexp = "[a-z]+(-[a-z]+)*") String kind,
    @NotEmpty Set<Role> roles,
    @DefaultValue List<@Pattern(regexp = Scope.FORM) String> scopes,
    @DefaultValue("TREAT") @NotEmpty List<@Pattern(regexp = "[A-Z]+") String> purposes,
    @Nullable URI keys,
    @DefaultValue List<@Pattern(regexp = "[0-9a-f]{64}") String> certificates,
    boolean disabled,
    @Nullable @Min(1) Integer requestsASecond) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** OpenSSL writes fingerprints in capitals and with colons. */
  public Client {
    certificates =
        certificates.stream()
            .map(written -> written.replace(":", "").toLowerCase(Locale.ROOT))
            .toList();
  }

  /** Keys come over TLS, from a file, or from the machine itself. */
  @AssertTrue(message = "keys come by https, from a file, or from this machine itself")
  boolean isKeysLocationSafe() {
    return keys == null
        || "file".equals(keys.getScheme())
        || "https".equals(keys.getScheme())
        || ("http".equals(keys.getScheme()) && LOOPBACK.contains(keys.getHost()));
  }

  /** What a client is to the scheme. */
  public enum Role {
    /** Sends referrals, and may read back what it sent. */
    SENDER,
    /** A web form by which people ask for themselves or for others: sends those, reads nothing. */
    FORM,
    /** Reads what the person has consented to share with it. */
    PARTNER,
    /** The scheme's own systems: the holder of the records. */
    SCHEME,
    /** Pulls outcome tables; sees no person. */
    ANALYST,
    /**
     * The routes in a process of their own: they store what senders send, and ask before they tell.
     */
    ROUTES,
    /** Keeps it running: message log, decisions, replay. */
    OPERATOR
  }
}
