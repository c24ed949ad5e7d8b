package io.fingerpost.routes.partners;

import jakarta.validation.Validator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Finds a partner by what identifies it on a channel; what is not registered, or is disabled, is
 * not known there.
 */
@Component
public final class PartnerRegistry {

  private final Supplier<PartnerSettings> settings;

  public PartnerRegistry(PartnerSettings settings) {
    this.settings = () -> settings;
  }

  @Autowired
  PartnerRegistry(PartnerSettings first, ConfigurableEnvironment environment, Validator validator) {
    this.settings = new LatestPartners(first, environment, validator);
  }

  public PartnerSettings.Scheme scheme() {
    return settings.get().scheme();
  }

  /** The HL7 v2 sender whose messages carry these in MSH-3.1 and MSH-4.1. */
  public Optional<Partner> sendingHl7v2(String application, String facility) {
    return first(
        partner ->
            !partner.disabled()
                && partner.hl7v2() != null
                && partner.hl7v2().sendingApplication().equals(application)
                && partner.hl7v2().sendingFacility().equals(facility));
  }

  /**
   * Whether this partner may send HL7 v2 over a connection that showed this certificate: where it
   * has any registered, one of them; and never somebody else's.
   *
   * @param certificate SHA-256 fingerprint, in small letters; empty where none was shown
   */
  public boolean maySendWith(Optional<String> certificate, Partner partner) {
    if (certificate.filter(shown -> owns(partner, shown)).isPresent()) {
      return true;
    }
    boolean hasItsOwn = partner.hl7v2() != null && !partner.hl7v2().certificates().isEmpty();
    boolean isAnothers =
        certificate.flatMap(shown -> first(other -> owns(other, shown))).isPresent();
    return !hasItsOwn && !isAnothers;
  }

  private static boolean owns(Partner partner, String certificate) {
    return partner.hl7v2() != null && partner.hl7v2().certificates().contains(certificate);
  }

  /** The partner that sends from this MESH mailbox. */
  public Optional<Partner> sendingByMesh(String mailbox) {
    return first(
        partner ->
            !partner.disabled()
                && partner.mesh() != null
                && partner.mesh().mailbox().equals(mailbox));
  }

  /** The partner whose API client this is. */
  public Optional<Partner> ofClient(String client) {
    return first(partner -> !partner.disabled() && partner.client().equals(client));
  }

  /**
   * The partner with this ODS code, disabled or not; the first where one organisation has several
   * clients.
   */
  public Optional<Partner> ofOrganisation(String ods) {
    return first(partner -> partner.organisation().equals(ods));
  }

  /**
   * Whoever sends files: each with an entry that says how, or else the one council there is, which
   * then has the default folder and writes as is usual.
   */
  public List<Partner> sendingFiles() {
    List<Partner> enabled =
        settings.get().partners().stream().filter(partner -> !partner.disabled()).toList();
    List<Partner> described = enabled.stream().filter(partner -> partner.files() != null).toList();
    List<Partner> councils =
        enabled.stream()
            .filter(partner -> partner.kind() == Partner.Kind.ADULT_SOCIAL_CARE)
            .toList();
    boolean isOneCouncil = councils.stream().map(Partner::organisation).distinct().count() == 1;
    return described.isEmpty() && isOneCouncil ? List.of(councils.get(0)) : described;
  }

  /** How an organisation writes its files, disabled or not: what it sent before is still read. */
  public FileSettings filesOf(String ods) {
    return first(partner -> partner.organisation().equals(ods) && partner.files() != null)
        .map(Partner::files)
        .orElse(FileSettings.USUAL);
  }

  private Optional<Partner> first(Predicate<Partner> wanted) {
    return settings.get().partners().stream().filter(wanted).findFirst();
  }
}
