package io.fingerpost.server.storage;

import io.fingerpost.terminology.SystemUrl;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Of one message there is one referral: the database itself says so, in an index over what the
 * search for a referral by its message's id already writes. Routes that store over HTTP may be cut
 * off without knowing whether the store went on; whoever stores the same message again is told of a
 * conflict, however close together the two come.
 */
public final class ReferralOnce {

  private static final String INDEX = "fingerpost_referral_once";

  private ReferralOnce() {}

  /** On HAPI's table, once it is there. */
  static void require(DataSource committing) {
    new JdbcTemplate(committing)
        .execute(
            "create unique index if not exists "
                + INDEX
                + " on hfj_spidx_token (hash_sys_and_value)"
                + " where res_type = 'ServiceRequest' and sp_system = '"
                + SystemUrl.MESSAGE_ID.url()
                + "'");
  }

  /** Whether this failed because a referral of the same message is stored already. */
  public static boolean isWhy(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException database
          && String.valueOf(database.getMessage()).contains(INDEX)) {
        return true;
      }
    }
    return false;
  }
}
