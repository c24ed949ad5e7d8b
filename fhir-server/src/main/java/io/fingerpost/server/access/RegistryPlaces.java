package io.fingerpost.server.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;

/** Where in the registry file something stands. */
final class RegistryPlaces {

  private final List<ConfigurationPropertySource> sources = new ArrayList<>();

  RegistryPlaces(Iterable<ConfigurationPropertySource> read) {
    read.forEach(sources::add);
  }

  /**
   * {@code line 7 column 19 fingerpost.partners[1].organisation}; of what is not there, where that
   * begins which lacks it.
   */
  String of(ConfigurationPropertyName name) {
    return nearest(name)
        .map(
            found ->
                "line %d column %d %s".formatted(found.getLine() + 1, found.getColumn() + 1, name))
        .orElseGet(name::toString);
  }

  /** A number by which names come in the order of the file. */
  long positionOf(ConfigurationPropertyName name) {
    return nearest(name)
        .map(found -> ((long) found.getLine() << 32) + found.getColumn())
        .orElse(-1L);
  }

  /** All that stands in it. */
  Stream<ConfigurationPropertyName> names() {
    return sources.stream()
        .filter(IterableConfigurationPropertySource.class::isInstance)
        .flatMap(source -> ((IterableConfigurationPropertySource) source).stream());
  }

  private Optional<Location> nearest(ConfigurationPropertyName name) {
    for (ConfigurationPropertyName asked = name; !asked.isEmpty(); asked = asked.getParent()) {
      Optional<Location> found = begin(asked);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Location> begin(ConfigurationPropertyName asked) {
    return sources.stream()
        .flatMap(source -> among(source, asked))
        .map(ConfigurationProperty::getOrigin)
        .map(origin -> origin instanceof PropertySourceOrigin of ? of.getOrigin() : origin)
        .filter(TextResourceOrigin.class::isInstance)
        .map(origin -> ((TextResourceOrigin) origin).getLocation())
        .min(Comparator.comparingInt(Location::getLine).thenComparingInt(Location::getColumn));
  }

  /** Itself, or all that is in it. */
  private static Stream<ConfigurationProperty> among(
      ConfigurationPropertySource source, ConfigurationPropertyName asked) {
    return source instanceof IterableConfigurationPropertySource all
        ? all.stream()
            .filter(name -> name.equals(asked) || asked.isAncestorOf(name))
            .map(source::getConfigurationProperty)
        : Stream.empty();
  }
}
