package io.fingerpost.server.outcomes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Reference;

/**
 * Turns the id of a resource into a key that is the same in every extract, differs between resource
 * types, and cannot be turned back without the secret.
 */
final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 16;

  private final SecretKeySpec secret;

  Pseudonyms(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /** 32 hexadecimal digits, which is a legal FHIR id too. */
  String of(String resourceType, String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] digest = mac.doFinal((resourceType + "/" + id).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no HMAC-SHA256.", e);
    }
  }

  /** The reference by key alone; empty when it is of another type, external or not by id. */
  Reference of(Reference reference, Set<String> types) {
    IIdType target = reference.getReferenceElement();
    String type = target.getResourceType();
    if (type == null || !types.contains(type) || !target.hasIdPart() || target.hasBaseUrl()) {
      return new Reference();
    }
    return new Reference(type + "/" + of(type, target.getIdPart()));
  }
}
