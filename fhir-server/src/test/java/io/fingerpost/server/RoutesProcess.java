package io.fingerpost.server;

import com.nimbusds.jose.jwk.JWKSet;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The routes started without a store, beside the one server of the tests: on its database, and with
 * its FHIR API as their store.
 */
final class RoutesProcess implements AutoCloseable {

  final int httpPort = Wexcombe.freePort();
  final int mllpPort = Wexcombe.freePort();

  private final ConfigurableApplicationContext program;

  private RoutesProcess(HikariDataSource database) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("fingerpost.mllp.port", mllpPort);
    settings.put("server.port", httpPort);
    routesAlone(settings);
    program = run(settings, database);
  }

  /** Makes a program one of routes alone, which stores through the one server's FHIR API. */
  static void routesAlone(Map<String, Object> settings) throws IOException {
    Path key = Wexcombe.DATA.resolve("keys").resolve("routes.private.jwks.json");
    Files.writeString(key, new JWKSet(Wexcombe.key("routes")).toString(false));
    settings.put("fingerpost.roles", "routes");
    settings.put("fingerpost.access.issuer", Wexcombe.SERVER);
    settings.put("fingerpost.store.url", Wexcombe.SERVER + "/fhir/");
    settings.put("fingerpost.store.client", "routes");
    settings.put("fingerpost.store.key-file", key);
    settings.putIfAbsent("fingerpost.mllp.port", Wexcombe.freePort());
    settings.putIfAbsent("server.port", Wexcombe.freePort());
  }

  /** Another copy of the program in this process, on the one server's database and registry. */
  static ConfigurableApplicationContext run(
      Map<String, Object> settings, HikariDataSource database) {
    settings.put("fingerpost.data", Wexcombe.DATA);
    settings.put("spring.config.import", "file:" + Wexcombe.DATA.resolve("partners.yaml"));
    settings.put("spring.datasource.url", database.getJdbcUrl());
    settings.put("spring.datasource.username", database.getUsername());
    settings.put("spring.datasource.password", database.getPassword());
    SpringApplication application = new SpringApplication(Fingerpost.class);
    // The log is the one server's, which keeps it for a test to search.
    application.setListeners(
        application.getListeners().stream()
            .filter(listener -> !(listener instanceof LoggingApplicationListener))
            .toList());
    return application.run(
        settings.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new));
  }

  static RoutesProcess on(HikariDataSource database) throws IOException {
    return new RoutesProcess(database);
  }

  <T> T bean(Class<T> type) {
    return program.getBean(type);
  }

  @Override
  public void close() {
    program.close();
  }
}
