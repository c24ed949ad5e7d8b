package io.fingerpost.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one database: named by {@code spring.datasource.url}, or started here. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean(destroyMethod = "close")
  @ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "-")
  EmbeddedDatabase embeddedDatabase(
      DatabaseSettings settings, @Value("${fingerpost.roles}") String roles) {
    if (!roles.contains("fhir-server")) {
      throw new IllegalStateException(
          "Routes in a process of their own share the FHIR server's database: name it in"
              + " spring.datasource.url.");
    }
    return EmbeddedDatabase.start(settings.directory());
  }

  @Bean
  @ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "-")
  HikariDataSource embeddedDataSource(
      EmbeddedDatabase database, DatabaseSettings settings, StoreSettings store) {
    HikariDataSource pool = pool(settings, store);
    pool.setJdbcUrl(database.url());
    pool.setUsername(EmbeddedDatabase.USER);
    pool.setPassword(database.password());
    return pool;
  }

  @Bean
  @ConditionalOnProperty("spring.datasource.url")
  HikariDataSource dataSource(
      DataSourceProperties properties, DatabaseSettings settings, StoreSettings store) {
    HikariDataSource pool = pool(settings, store);
    pool.setJdbcUrl(properties.determineUrl());
    pool.setUsername(properties.determineUsername());
    pool.setPassword(properties.determinePassword());
    return pool;
  }

  private static HikariDataSource pool(DatabaseSettings settings, StoreSettings store) {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName("fingerpost");
    pool.setMaximumPoolSize(settings.connections());
    pool.setMinimumIdle(2);
    if (!store.stock()) {
      // Every statement runs in a transaction; asking for that with each one is a round trip saved.
      pool.setAutoCommit(false);
      pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    }
    pool.addDataSourceProperty("ApplicationName", "fingerpost");
    // PostgreSQL looks first in a schema of the user's own name. A user called as our schema is
    // would find HAPI's tables in one place before that schema is there, and in another after.
    pool.addDataSourceProperty("currentSchema", "public");
    return pool;
  }

  /** Our own tables, beside HAPI's. Each module brings its migrations; the numbers are shared. */
  @Bean
  OurSchema ourSchema(DataSource dataSource) {
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("fingerpost")
        .defaultSchema("fingerpost")
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return new OurSchema();
  }

  /** Stands for our tables being there; they are made at start, before anything is served. */
  record OurSchema() {}
}
