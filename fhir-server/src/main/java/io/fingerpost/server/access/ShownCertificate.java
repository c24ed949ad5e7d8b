package io.fingerpost.server.access;

import jakarta.servlet.http.HttpServletRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The client certificate the connection of a request came with, found good by TLS. What a header
 * says about one counts for nothing.
 */
record ShownCertificate(byte[] digest) {

  /** RFC 8705, section 3.1. */
  static final String CLAIM = "cnf";

  static final String THUMBPRINT = "x5t#S256";

  private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";

  /** Of the request that is being answered. */
  static Optional<ShownCertificate> now() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes served
        ? of(served.getRequest())
        : Optional.empty();
  }

  private static Optional<ShownCertificate> of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(new ShownCertificate(digest(chain[0])))
        : Optional.empty();
  }

  /** Whether this client may come with what is shown now: its own, where it has any registered. */
  static boolean satisfies(Client client) {
    return client.certificates().isEmpty()
        || now().filter(shown -> client.certificates().contains(shown.fingerprint())).isPresent();
  }

  /** Whether a token comes with the certificate it was taken with, where it was with one. */
  static boolean binds(Jwt token) {
    Map<String, Object> bound = token.getClaimAsMap(CLAIM);
    return bound == null
        || now().filter(shown -> shown.thumbprint().equals(bound.get(THUMBPRINT))).isPresent();
  }

  /** As the registry writes it. */
  private String fingerprint() {
    return HexFormat.of().formatHex(digest);
  }

  /** As a token bound to it writes it (RFC 8705, {@code x5t#S256}). */
  String thumbprint() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static byte[] digest(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
