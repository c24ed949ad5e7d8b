package io.fingerpost.server.access;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Component;

/**
 * The records that the parts of this program read of the registry file, each its own keys of it.
 * What none of them has a component for, nobody reads.
 */
@Component
class RegistryRecords {

  static final String PREFIX = "fingerpost";

  private final ListableBeanFactory beans;

  RegistryRecords(ListableBeanFactory beans) {
    this.beans = beans;
  }

  /** Beside {@link AccessSettings}; none in a process without routes. */
  List<Class<?>> others() {
    return Stream.of(beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
        .map(beans::getType)
        .filter(Objects::nonNull)
        .filter(type -> type != AccessSettings.class && PREFIX.equals(prefix(type)))
        .<Class<?>>map(type -> type)
        .toList();
  }

  private static String prefix(Class<?> type) {
    ConfigurationProperties bound =
        AnnotationUtils.findAnnotation(type, ConfigurationProperties.class);
    return bound == null ? "" : bound.prefix();
  }
}
