package io.fingerpost.routes.inbound.housing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A landlord's referral, member by member as {@code docs/housing-referral.schema.json} has it.
 *
 * <pre>
 * {"reference": "WH-55012", "referredAt": "2026-03-02T09:30:00Z",
 *  "person": {"id": "P-4711", "name": {"family": "Attwater", "given": ["Maud"]}},
 *  "reasons": [{"need": "money", "text": "Four weeks behind with the rent"}]}
 * </pre>
 */
record HousingReferral(
    String reference,
    String referredAt,
    @Nullable String priority,
    @Nullable Officer officer,
    @Nullable Tenancy tenancy,
    Tenant person,
    @Nullable Household household,
    @Nullable Accommodation accommodation,
    List<Reason> reasons,
    List<AccessNeed> accessNeeds,
    List<String> illnessAffects,
    List<Risk> risks,
    List<String> notes,
    @Nullable Decision consent) {

  HousingReferral {
    accessNeeds = orNone(accessNeeds);
    illnessAffects = orNone(illnessAffects);
    risks = orNone(risks);
    notes = orNone(notes);
  }

  record Officer(
      String name, @Nullable String role, @Nullable String telephone, @Nullable String email) {}

  record Tenancy(String reference, @Nullable String startedOn) {}

  record Tenant(
      String id,
      @Nullable String nhsNumber,
      Name name,
      @Nullable String birthDate,
      @Nullable String gender,
      @Nullable Home address,
      List<Telephone> telephones,
      @Nullable String email,
      @Nullable Safe safeContact,
      @Nullable Spoken language) {
    Tenant {
      telephones = orNone(telephones);
    }
  }

  record Name(String family, List<String> given, @Nullable String title) {
    Name {
      given = orNone(given);
    }
  }

  record Home(
      List<String> lines,
      @Nullable String town,
      @Nullable String county,
      @Nullable String postcode,
      @Nullable String uprn) {
    Home {
      lines = orNone(lines);
    }
  }

  record Telephone(String number, @Nullable String use) {}

  record Safe(
      String instruction,
      List<String> telephones,
      @Nullable String email,
      @Nullable Boolean leaveMessage) {
    Safe {
      telephones = orNone(telephones);
    }
  }

  record Spoken(@Nullable String code, @Nullable String name, @Nullable Boolean interpreter) {}

  record Household(@Nullable Integer people, List<Member> others) {
    Household {
      others = orNone(others);
    }
  }

  record Member(String relationship, @Nullable Integer age) {}

  record Accommodation(
      @Nullable String type,
      @Nullable String letAs,
      @Nullable Integer bedrooms,
      @Nullable Boolean wheelchairStandard) {}

  record Reason(@Nullable String need, @Nullable Integer leftLastHome, @Nullable String text) {}

  record AccessNeed(String code, @Nullable String text) {}

  record Risk(String instruction, String since, @Nullable String until) {}

  record Decision(
      String decision,
      String decidedAt,
      String decidedBy,
      @Nullable String name,
      @Nullable String how,
      @Nullable String what,
      @Nullable String limits) {}

  private static <T> List<T> orNone(@Nullable List<T> sent) {
    return sent == null ? List.of() : List.copyOf(sent);
  }
}
