package io.fingerpost.routes.inbound.socialcare;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a row of a council's file may say. The header of each is its name in small letters; a
 * council with other headers has them named in the registry. What each means is in {@code
 * docs/council-referral.md}.
 */
enum Field {
  REFERENCE,
  PERSON_ID,
  NHS_NUMBER,
  TITLE,
  GIVEN_NAME,
  FAMILY_NAME,
  BIRTH_DATE,
  GENDER,
  ETHNICITY,
  ADDRESS_LINE_1,
  ADDRESS_LINE_2,
  TOWN,
  COUNTY,
  POSTCODE,
  UPRN,
  PHONE,
  MOBILE,
  EMAIL,
  SAFE_CONTACT,
  SAFE_PHONE,
  LEAVE_MESSAGE,
  LANGUAGE,
  INTERPRETER,
  ACCESSIBILITY,
  NEED,
  REASON,
  PRIORITY,
  REFERRED_ON,
  REFERRER_NAME,
  REFERRER_PHONE,
  REFERRER_EMAIL,
  NOTES,
  RISK_TO_VISITORS,
  RISK_SINCE,
  RESTRICTED,
  DOMESTIC_ABUSE,
  CONSENT,
  CONSENT_DATE,
  CONSENT_GIVEN_BY;

  private static final Map<String, Field> BY_NAME = byName();

  /** The header it has where the registry names no other. */
  String header() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code Family Name}, {@code family-name} and {@code FAMILY_NAME} are one name. */
  static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
  }

  static Optional<Field> named(String name) {
    return Optional.ofNullable(BY_NAME.get(key(name)));
  }

  private static Map<String, Field> byName() {
    Map<String, Field> byName = new HashMap<>();
    for (Field field : values()) {
      byName.put(key(field.header()), field);
    }
    return Map.copyOf(byName);
  }
}
