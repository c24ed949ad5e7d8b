package io.fingerpost.server.access;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Remembers which keys of the registry were asked for while records were read from it. */
final class ReadKeys extends AbstractBindHandler {

  private final Set<ConfigurationPropertyName> asked = new HashSet<>();

  @Override
  public <T> Bindable<T> onStart(
      ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
    asked.add(name);
    return target;
  }

  /** What stands there of partners and the scheme, and nobody asked for. */
  Stream<ConfigurationPropertyName> unreadOf(RegistryPlaces places) {
    return places.names().filter(ReadKeys::isOfTheRegistry).filter(name -> !asked.contains(name));
  }

  /** Other settings may stand in the same file. */
  private static boolean isOfTheRegistry(ConfigurationPropertyName name) {
    return Stream.of("partners", "scheme")
        .map(key -> ConfigurationPropertyName.of(RegistryRecords.PREFIX + "." + key))
        .anyMatch(own -> own.isAncestorOf(name));
  }
}
