package io.fingerpost.bench.day;

/** The kinds of sender, their share of a day's messages, and how many connections each has. */
enum Kind {
  /** Referrals, changes, cancellations and demographics by MLLP, some twice, some broken. */
  HOSPITAL("hospital, HL7 v2 by MLLP", 50, 4),
  /** FHIR messages, some twice, some with a wrong NHS number. */
  GP("surgery, FHIR messages", 20, 3),
  /** Files of rows, a tenth of them without an agreement, a tenth with a wrong number. */
  COUNCIL("council, rows of CSV files", 15, 1),
  /** JSON under a key, some twice, some with a fault. */
  LANDLORD("landlord, JSON", 10, 2),
  /** Filled-in forms. */
  FORM("web form", 5, 1);

  private final String title;
  private final int percent;
  private final int connections;

  Kind(String title, int percent, int connections) {
    this.title = title;
    this.percent = percent;
    this.connections = connections;
  }

  String title() {
    return title;
  }

  int of(int messages) {
    return messages * percent / 100;
  }

  int connections() {
    return connections;
  }
}
