package io.fingerpost.server.storage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the store is set up.
 *
 * @param stock HAPI's own defaults instead of ours: the yardstick of the benchmark, not for use
 */
@ConfigurationProperties("fingerpost.store")
record StoreSettings(@DefaultValue("false") boolean stock) {}
