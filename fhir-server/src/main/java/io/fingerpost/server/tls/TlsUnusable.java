package io.fingerpost.server.tls;

/** What is set for TLS cannot be used as it stands: the operator's to mend. */
final class TlsUnusable extends RuntimeException {

  /** The stable codes; documented in {@code docs/operating.md}. */
  enum Code {
    TLS_FILE_UNREADABLE,
    TLS_SETTING_MISSING,
    TLS_CERTIFICATE_MISSING,
    TLS_CERTIFICATE_EXPIRED,
    TLS_CERTIFICATE_NOT_YET_VALID,
    TLS_KEY_MISSING,
    TLS_KEY_LOCKED,
    TLS_KEY_MISMATCH,
    TLS_TRUST_NOT_AN_AUTHORITY
  }

  private static final long serialVersionUID = 1L;

  private final Code code;

  /**
   * @param where the file or the setting
   */
  TlsUnusable(Code code, Object where, String remedy) {
    super(code + " " + where + ": " + remedy);
    this.code = code;
  }

  Code code() {
    return code;
  }
}
