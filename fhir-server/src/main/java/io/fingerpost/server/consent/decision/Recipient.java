package io.fingerpost.server.consent.decision;

/**
 * Who would receive the data, as the authenticated client says it; never as a payload claims.
 *
 * @param organisation ODS code
 * @param kind what the organisation is: gp, hospital, housing …
 */
public record Recipient(String organisation, String kind) {

  public Recipient {
    // A nameless recipient would be taken for the author of nameless content.
    if (organisation.isBlank()) {
      throw new IllegalArgumentException("a recipient needs its ODS code");
    }
  }
}
