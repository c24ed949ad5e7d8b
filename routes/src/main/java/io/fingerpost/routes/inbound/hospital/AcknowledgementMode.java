package io.fingerpost.routes.inbound.hospital;

/**
 * Which answer a sender asks for in MSH-15 and MSH-16 (HL7 v2.5.1, 2.9.2 and 2.9.3). When we
 * answer, a message is safe and worked on: so one answer says both, the application's (AA, AE, AR)
 * where it is asked for, else the one of acceptance (CA, CE, CR).
 *
 * <p>With neither field, and with the {@code AL} in MSH-15 alone that UK interfaces send in every
 * message, a sender is in original mode and always gets the application's.
 */
record AcknowledgementMode(String accept, String application) {

  static final char SILENT = ' ';

  static AcknowledgementMode of(Hl7Header header) {
    return new AcknowledgementMode(
        header.acceptAcknowledgement(), header.applicationAcknowledgement());
  }

  /** {@code A}, {@code C} or {@link #SILENT}: the first letter of MSA-1. */
  char codeFor(boolean wentWell) {
    boolean isOriginal = application.isEmpty() && (accept.isEmpty() || accept.equals("AL"));
    if (isOriginal || isWanted(application, wentWell)) {
      return 'A';
    }
    return isWanted(accept, wentWell) ? 'C' : SILENT;
  }

  /** Table 0155; what is in no table is better answered than not. */
  private static boolean isWanted(String condition, boolean wentWell) {
    return switch (condition) {
      case "", "NE" -> false;
      case "ER" -> !wentWell;
      case "SU" -> wentWell;
      default -> true;
    };
  }
}
