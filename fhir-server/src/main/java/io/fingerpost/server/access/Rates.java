package io.fingerpost.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Who may come how often. Of those who have not come for long nothing is remembered. */
final class Rates {

  private static final int MOST = 50_000;

  private record Key(String who, long amount, Duration per) {}

  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofMinutes(10)).build();

  /** What is left to someone who may come this often; all of it at once, too. */
  Bucket of(String who, long amount, Duration per) {
    return buckets.get(new Key(who, amount, per), Rates::full);
  }

  private static Bucket full(Key key) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(key.amount()).refillGreedy(key.amount(), key.per()))
        .build();
  }
}
