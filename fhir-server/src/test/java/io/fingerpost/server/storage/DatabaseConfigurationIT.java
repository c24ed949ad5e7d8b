package io.fingerpost.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.core.JdbcTemplate;

class DatabaseConfigurationIT {

  private final DatabaseConfiguration configuration = new DatabaseConfiguration();

  /** Else a second start finds the schema, looks into it first, and begins with an empty store. */
  @Test
  void keepsHapisTablesInOnePlaceForAUserCalledAsOurSchemaIs(@TempDir Path folder)
      throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        HikariDataSource pool = poolOfAUserCalledFingerpost(postgres, folder)) {
      JdbcTemplate database = new JdbcTemplate(pool);
      assertThat(database.queryForObject("select current_schema()", String.class))
          .isEqualTo("public");

      configuration.ourSchema(pool);

      assertThat(database.queryForObject("select current_schema()", String.class))
          .isEqualTo("public");
    }
  }

  private HikariDataSource poolOfAUserCalledFingerpost(EmbeddedPostgres postgres, Path folder) {
    JdbcTemplate administrator = new JdbcTemplate(postgres.getPostgresDatabase());
    administrator.execute("create role fingerpost login password 'made-up'");
    administrator.execute("create database fingerpost owner fingerpost");
    DataSourceProperties theirs = new DataSourceProperties();
    theirs.setUrl("jdbc:postgresql://localhost:" + postgres.getPort() + "/fingerpost");
    theirs.setUsername("fingerpost");
    theirs.setPassword("made-up");
    return configuration.dataSource(
        theirs, new DatabaseSettings(folder, 2), new StoreSettings(false));
  }
}
