package io.fingerpost.routes.partners;

import jakarta.validation.Validator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * The registry as it is now: the server puts what it has read of a changed file in the environment,
 * and it is taken from there. What cannot be used leaves the last good one in force.
 */
final class LatestPartners implements Supplier<PartnerSettings> {

  /** Under this name the server puts it there. */
  static final String SOURCE = "fingerpost-registry";

  private static final Logger log = LoggerFactory.getLogger(LatestPartners.class);

  private final ConfigurableEnvironment environment;
  private final Validator validator;
  private volatile PartnerSettings latest;
  private volatile @Nullable PropertySource<?> seen;

  LatestPartners(PartnerSettings first, ConfigurableEnvironment environment, Validator validator) {
    this.latest = first;
    this.environment = environment;
    this.validator = validator;
  }

  @Override
  public PartnerSettings get() {
    PropertySource<?> now = environment.getPropertySources().get(SOURCE);
    return now == null || same(now) ? latest : read(now);
  }

  private synchronized PartnerSettings read(PropertySource<?> now) {
    if (!same(now)) {
      try {
        PartnerSettings read =
            Binder.get(environment).bind("fingerpost", PartnerSettings.class).get();
        if (validator.validate(read).isEmpty()) {
          latest = read;
        } else {
          log.error("outcome=unusable file=registry cause=invalid");
        }
      } catch (RuntimeException unusable) {
        log.error("outcome=unusable file=registry cause={}", unusable.getClass().getSimpleName());
      }
      seen = now;
    }
    return latest;
  }

  /** The very same: property sources are equal where their names are. */
  @SuppressWarnings("ReferenceEquality")
  private boolean same(PropertySource<?> now) {
    return now == seen;
  }
}
