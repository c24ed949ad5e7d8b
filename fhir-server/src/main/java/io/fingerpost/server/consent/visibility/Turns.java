package io.fingerpost.server.consent.visibility;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who writes a person's consents, and who writes records about them, take turns until their
 * transactions end: neither could see what the other has not committed. Writers of records need not
 * wait for one another. In order, so that no two wait for each other.
 */
final class Turns {

  private final JdbcClient jdbc;

  Turns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void take(Collection<String> people, Collection<String> consenting) {
    SortedSet<String> inOrder = new TreeSet<>(people);
    inOrder.addAll(consenting);
    for (String person : inOrder) {
      String lock = consenting.contains(person) ? "" : "_shared";
      jdbc.sql("select pg_advisory_xact_lock" + lock + "(hashtextextended('visibility/' || ?, 0))")
          .param(person)
          .query((row, number) -> person)
          .list();
    }
  }
}
