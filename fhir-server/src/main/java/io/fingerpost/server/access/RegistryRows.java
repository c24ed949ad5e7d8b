package io.fingerpost.server.access;

import io.fingerpost.server.access.AccessSettings.Registered;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads the registry file by the same rules as the program's start does, and puts what is good in
 * the environment, where the routes find their part of it.
 */
@Component
class RegistryRows {

  /** Under this name the routes look for it. */
  private static final String SOURCE = "fingerpost-registry";

  private final ConfigurableEnvironment environment;
  private final Validator validator;
  private final RegistryRecords records;

  RegistryRows(ConfigurableEnvironment environment, Validator validator, RegistryRecords records) {
    this.environment = environment;
    this.validator = validator;
    this.records = records;
  }

  /** The clients by their names. A file without any is taken for one not yet written. */
  Map<String, Client> read(byte[] yaml) throws IOException {
    List<PropertySource<?>> sources = parsed(yaml);
    Iterable<ConfigurationPropertySource> read = ConfigurationPropertySources.from(sources);
    RegistryPlaces places = new RegistryPlaces(read);
    Binder binder = new Binder(read, new PropertySourcesPlaceholdersResolver(environment));
    ReadKeys keys = new ReadKeys();
    Registered rows;
    try {
      rows =
          binder
              .bind(RegistryRecords.PREFIX, Bindable.of(Registered.class), keys)
              .orElseThrow(() -> new RegistryFault("fingerpost.partners"));
    } catch (BindException unbound) {
      throw new RegistryFault(places.of(unbound.getName()), unbound);
    }
    Map<ConfigurationPropertyName, String> faults = new TreeMap<>(faults(rows));
    otherFaults(binder, places, keys).forEach(faults::putIfAbsent);
    if (!faults.isEmpty()) {
      throw new RegistryFault(
          faults.entrySet().stream()
              .sorted(Comparator.comparing(fault -> places.positionOf(fault.getKey())))
              .map(fault -> places.of(fault.getKey()) + ": " + fault.getValue())
              .collect(Collectors.joining("; ")));
    }
    Map<String, Client> clients = byName(rows.partners());
    publish(sources);
    return clients;
  }

  /** Where, and what is wanted there. */
  private Map<ConfigurationPropertyName, String> faults(Registered rows) {
    Map<ConfigurationPropertyName, String> faults = invalid(rows);
    Set<String> names = new HashSet<>();
    for (int row = 0; row < rows.partners().size(); row++) {
      String client = rows.partners().get(row).client();
      if (client != null && !names.add(client)) {
        faults.putIfAbsent(name("partners[" + row + "].client"), "stands there twice");
      }
    }
    return faults;
  }

  /** What other parts of the program find wrong in their keys, and what is nobody's key. */
  private Map<ConfigurationPropertyName, String> otherFaults(
      Binder binder, RegistryPlaces places, ReadKeys keys) {
    Map<ConfigurationPropertyName, String> faults = new TreeMap<>();
    List<Class<?>> others = records.others();
    for (Class<?> type : others) {
      try {
        binder
            .bind(RegistryRecords.PREFIX, Bindable.of(type), keys)
            .ifBound(read -> faults.putAll(invalid(read)));
      } catch (BindException unbound) {
        return Map.of(unbound.getName(), "cannot be read");
      }
    }
    // A program that is but a part of Fingerpost does not know the other's keys.
    // A misspelt one may be what was to keep somebody out.
    if (!others.isEmpty()) {
      keys.unreadOf(places).forEach(name -> faults.put(name, "is no key of the registry"));
    }
    return faults;
  }

  private <T> Map<ConfigurationPropertyName, String> invalid(T read) {
    Map<ConfigurationPropertyName, String> faults = new TreeMap<>();
    for (ConstraintViolation<T> fault : validator.validate(read)) {
      faults.putIfAbsent(name(fault.getPropertyPath().toString()), fault.getMessage());
    }
    return faults;
  }

  private static ConfigurationPropertyName name(String path) {
    return ConfigurationPropertyName.adapt(
        RegistryRecords.PREFIX + "." + path.replaceAll("\\.<(list element|map value)>", ""), '.');
  }

  /** Before the file as it was at the start, and after what outranked that. */
  private void publish(List<PropertySource<?>> read) {
    CompositePropertySource now = new CompositePropertySource(SOURCE);
    read.forEach(now::addPropertySource);
    MutablePropertySources all = environment.getPropertySources();
    if (all.contains(SOURCE)) {
      all.replace(SOURCE, now);
    } else if (all.contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
      all.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, now);
    } else {
      all.addFirst(now);
    }
  }

  private static List<PropertySource<?>> parsed(byte[] yaml) throws IOException {
    try {
      return new YamlPropertySourceLoader().load("registry", new ByteArrayResource(yaml));
    } catch (MarkedYAMLException malformed) {
      Mark mark = malformed.getProblemMark();
      String place =
          mark == null
              ? ""
              : "line %d column %d ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
      throw new RegistryFault(place + "yaml", malformed);
    } catch (RuntimeException malformed) {
      throw new RegistryFault("yaml", malformed);
    }
  }

  static Map<String, Client> byName(List<Client> rows) {
    Map<String, Client> clients = new LinkedHashMap<>();
    for (Client row : rows) {
      if (clients.put(row.client(), row) != null) {
        throw new RegistryFault("fingerpost.partners: a client stands there twice");
      }
    }
    return clients;
  }
}
