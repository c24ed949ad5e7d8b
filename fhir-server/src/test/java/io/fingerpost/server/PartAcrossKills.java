package io.fingerpost.server;

import java.nio.file.Path;
import java.util.Map;

/**
 * Work of one kind that {@link KillIT} cuts, and what has to be true of it afterwards. All parts
 * share one program and its kills, which are numbered from 0; each part has people of its own.
 */
interface PartAcrossKills {

  /** The program under test, as its clients know it. */
  record Program(Path data, Registry registry, int httpPort, int mllpPort) {

    ApiClient client(String name) {
      return new ApiClient("http://localhost:" + httpPort, name, registry.key(name));
    }
  }

  /** It is up for the first time. */
  default void before() throws Exception {}

  /** Referrals come in at full speed, and it is about to be killed. */
  default void justBefore(int kill) throws Exception {}

  /** It was killed. */
  default void down(int kill) throws Exception {}

  /** It is up again. */
  default void up(int kill) throws Exception {}

  /** Everything has been sent. */
  void end() throws Exception;

  /** How many resources of each type it leaves in the store in all. */
  Map<String, Integer> stored();
}
