package io.fingerpost.routes.partners;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an organisation sends referrals as files, and how it writes them.
 *
 * @param folder on this machine, with {@code inbox}, {@code outbox} and {@code archive} in it; the
 *     default folder where neither this nor {@code sftp} is said
 * @param sftp where the folder is on an SFTP server instead
 * @param charset of its files; one that is valid UTF-8 is read as UTF-8 whatever is said here
 * @param delimiter between columns: one character, or {@code tab}
 * @param dateFormat of its dates, with a year of four digits
 * @param columns our names of columns to the headers its files have; what is not named has ours
 * @param codes our names of columns to the map their codes are looked up in; what is not named has
 *     the map for all councils
 * @param pgpKeys files of its public keys; where there are any, every file has to be signed with
 *     one and encrypted
 */
public record FileSettings(
    @Nullable Path folder,
    @Nullable @Valid Sftp sftp,
    @DefaultValue("utf-8") @NotNull Charset charset,
    @DefaultValue(",") @NotNull @Pattern(regexp = "[,;|\\t]|tab") String delimiter,
    @DefaultValue("yyyy-MM-dd") @NotNull @Pattern(regexp = "(?=.*yyyy)[dMy./ -]{8,10}")
        String dateFormat,
    @DefaultValue Map<String, @NotBlank String> columns,
    @DefaultValue Map<String, @NotBlank String> codes,
    @DefaultValue List<Path> pgpKeys) {

  /** What a council that says nothing about its files is taken to write. */
  public static final FileSettings USUAL =
      new FileSettings(null, null, Charset.UTF_8, ",", "yyyy-MM-dd", Map.of(), Map.of(), List.of());

  /** The character sets councils export in. */
  public enum Charset {
    UTF_8,
    /** What older programs on Windows write; files of it that are valid UTF-8 are read as that. */
    WINDOWS_1252
  }

  /**
   * @param folder on the server, with {@code inbox}, {@code outbox} and {@code archive} in it
   * @param privateKey file of the key we come with, in OpenSSH's form
   * @param passwordFile file that holds our password there, alone; where no key is taken
   * @param knownHosts file that names the server's key; a server with another is not spoken to
   */
  public record Sftp(
      @NotNull @Pattern(regexp = "[A-Za-z0-9.-]+") String host,
      @DefaultValue("22") @Min(1) @Max(65535) int port,
      @NotNull @Pattern(regexp = "[A-Za-z0-9._-]+") String user,
      @DefaultValue("") @NotNull @Pattern(regexp = "[A-Za-z0-9._/-]*") String folder,
      @Nullable Path privateKey,
      @Nullable Path passwordFile,
      @NotNull Path knownHosts) {

    @AssertTrue(message = "name a private-key or a password-file")
    public boolean isProven() {
      return privateKey != null || passwordFile != null;
    }
  }

  @AssertTrue(message = "name a folder or sftp, not both")
  public boolean isInOnePlace() {
    return folder == null || sftp == null;
  }

  /** The delimiter itself. */
  public char separator() {
    return delimiter.equals("tab") ? '\t' : delimiter.charAt(0);
  }
}
