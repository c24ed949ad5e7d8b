/**
 * Where everything is kept: PostgreSQL, the schema, HAPI's JPA storage, and what hangs on a write.
 */
@NullMarked
package io.fingerpost.server.storage;

import org.jspecify.annotations.NullMarked;
