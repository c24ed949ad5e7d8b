package io.fingerpost.server.storage;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.dao.ResourceHistoryCalculator;
import ca.uhn.fhir.jpa.dao.WholeTextHistoryCalculator;
import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.searchparam.registry.SearchParamRegistryImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.util.VersionEnum;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fingerpost.profiles.CodesElsewhere;
import io.fingerpost.profiles.ProfileValidator;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI's JPA storage, assembled from its own parts: R4, PostgreSQL, the scheme's resource types and
 * the search parameters in use. What differs from HAPI's defaults stands here with its reason.
 */
@Configuration
@OnFhirServerRole
@Import({
  JpaR4Config.class,
  HapiJpaConfig.class,
  ThreadPoolFactoryConfig.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class,
  SubscriptionChannelConfig.class
})
class HapiConfiguration {

  private static final String STOCK = "fingerpost.store.stock";

  @Bean
  JpaStorageSettings jpaStorageSettings(StoreSettings store) {
    JpaStorageSettings settings = new JpaStorageSettings();
    if (store.stock()) {
      return settings;
    }
    settings.setAutoSupportDefaultSearchParams(false);
    settings.setSuppressStringIndexingInTokens(true);
    settings.setStoreMetaSourceInformation(JpaStorageSettings.StoreMetaSourceInformationEnum.NONE);
    settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.NOT_ALLOWED);
    // Nothing is deleted: what was wrong is marked entered in error, and its history stays. A known
    // id then needs no look at the database to be referred to.
    settings.setDeleteEnabled(false);
    settings.setAllowExternalReferences(false);
    settings.setHibernateSearchIndexSearchParams(false);
    // Profiles, tags and labels stand in the resource, where versions keep them, and not in two
    // rows
    // more for each.
    settings.setTagStorageMode(JpaStorageSettings.TagStorageModeEnum.INLINE);
    // A result list kept for another client, or from before a withdrawal, is never reused.
    settings.setReuseCachedSearchResultsForMillis(null);
    settings.setExpireSearchResultsAfterMillis(15 * 60 * 1000L);
    return settings;
  }

  /**
   * No reference here holds a resource to be contained, and looking for one visits every element.
   */
  @Autowired
  void containNothingByItself(FhirContext context, StoreSettings store) {
    context.getParserOptions().setAutoContainReferenceTargetsWithNoId(store.stock());
  }

  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean
  SubscriptionSettings subscriptionSettings() {
    return new SubscriptionSettings();
  }

  /** In the place of HAPI's bean of this name, which reads them from the database. */
  @Bean
  @Primary
  @ConditionalOnBooleanProperty(name = STOCK, havingValue = false, matchIfMissing = true)
  UsedSearchParameters searchParamProvider(List<SearchParameter> ours) {
    return new UsedSearchParameters(ours);
  }

  /**
   * In the place of HAPI's: when it looks for changes, the parameters in use are those it finds.
   */
  @Bean
  @ConditionalOnBooleanProperty(name = STOCK, havingValue = false, matchIfMissing = true)
  ISearchParamRegistry searchParamRegistry(UsedSearchParameters used) {
    return new SearchParamRegistryImpl() {
      @Override
      public void handleInit(Collection<IIdType> stored) {
        super.handleInit(used.ids());
      }
    };
  }

  /** In the place of HAPI's bean of this name, which is slow to the same result. */
  @Bean
  @ConditionalOnBooleanProperty(name = STOCK, havingValue = false, matchIfMissing = true)
  ResourceHistoryCalculator resourceHistoryCalculator(FhirContext context) {
    return new WholeTextHistoryCalculator(context);
  }

  @Bean
  ProfileValidator profileValidator(FhirContext context, Optional<CodesElsewhere> elsewhere) {
    return new ProfileValidator(context, elsewhere);
  }

  @Bean
  WriteValidation writeValidation(ProfileValidator validator, Clock clock) {
    return new WriteValidation(validator, clock);
  }

  @Bean
  LabelsStay labelsStay() {
    return new LabelsStay();
  }

  @Bean
  ChangeFeed changeFeed(JdbcClient jdbc, Clock clock) {
    return new ChangeFeed(jdbc, clock);
  }

  /**
   * HAPI's tables, before Hibernate looks for them. Its migrator wants each statement committed.
   */
  @Bean
  HapiSchema hapiSchema(HikariDataSource pool, StoreSettings store) {
    HikariConfig committing = new HikariConfig();
    pool.copyStateTo(committing);
    committing.setPoolName("fingerpost-schema");
    committing.setAutoCommit(true);
    committing.setMaximumPoolSize(2);
    try (HikariDataSource connections = new HikariDataSource(committing)) {
      HapiMigrator migrator =
          new HapiMigrator(
              SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME,
              connections,
              DriverTypeEnum.POSTGRES_9_4);
      migrator.createMigrationTableIfRequired();
      migrator.addTasks(new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values()));
      migrator.migrate();
      if (!store.stock()) {
        ReferralOnce.require(connections);
      }
      return new HapiSchema();
    }
  }

  /** Stands for HAPI's tables being there. */
  record HapiSchema() {}

  @Bean
  @Primary
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      DataSource dataSource,
      HapiSchema schema,
      ConfigurableListableBeanFactory beans,
      FhirContext context,
      JpaStorageSettings settings,
      StoreSettings store) {
    LocalContainerEntityManagerFactoryBean factory =
        HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, settings);
    factory.setPersistenceUnitName("fingerpost");
    factory.setDataSource(dataSource);
    Properties properties = hibernate();
    if (!store.stock()) {
      properties.putAll(fewerRoundTrips());
    }
    factory.setJpaProperties(properties);
    return factory;
  }

  private static Properties hibernate() {
    Properties properties = new Properties();
    properties.put("hibernate.dialect", HapiFhirPostgresDialect.class.getName());
    properties.put("hibernate.hbm2ddl.auto", "none");
    properties.put("hibernate.search.enabled", "false");
    properties.put("hibernate.cache.use_query_cache", "false");
    properties.put("hibernate.cache.use_second_level_cache", "false");
    properties.put("hibernate.boot.allow_jdbc_metadata_access", "false");
    return properties;
  }

  private static Properties fewerRoundTrips() {
    Properties properties = new Properties();
    properties.put("hibernate.jdbc.batch_size", "50");
    properties.put("hibernate.order_inserts", "true");
    properties.put("hibernate.order_updates", "true");
    properties.put("hibernate.connection.provider_disables_autocommit", "true");
    return properties;
  }

  @Bean
  @Primary
  JpaTransactionManager transactionManager(EntityManagerFactory factory) {
    JpaTransactionManager manager = new JpaTransactionManager();
    manager.setEntityManagerFactory(factory);
    return manager;
  }
}
