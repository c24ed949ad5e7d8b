package io.fingerpost.server.access;

import java.util.Collection;

/** Everyone with a row in the registry, as it stands now. */
public interface RegisteredClients {

  Collection<Client> all();
}
