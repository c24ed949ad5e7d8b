package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.partners.FileSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that has been read to its end once: it is whole, of a known character set, not too large,
 * and where it has to be, encrypted for us and signed by its sender. Only then is a row of it
 * worked on. What is decrypted is never written down.
 */
final class ReceivedFile {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final FileName name;
  private final PgpKeys keys;
  private final CouncilSettings limits;
  private final Charset charset;

  private ReceivedFile(
      Path path, FileName name, PgpKeys keys, CouncilSettings limits, Charset charset) {
    this.path = path;
    this.name = name;
    this.keys = keys;
    this.limits = limits;
    this.charset = charset;
  }

  /**
   * @param keys of the sender, and ours
   * @throws MessageRefused when the sender has to mend the file
   */
  static ReceivedFile check(
      Path path, FileName name, FileSettings files, PgpKeys keys, CouncilSettings limits)
      throws IOException {
    if (!name.isOfRows()) {
      throw new MessageRefused(
          Code.TYPE_UNSUPPORTED, "file", "Send a file whose name ends in .csv or .csv.pgp.");
    }
    if (!name.isSealed() && keys.mustBeSigned()) {
      throw SealedContent.unsigned();
    }
    if (Files.size(path) > limits.maxFile().toBytes()) {
      throw tooLarge(limits.maxFile().toBytes());
    }
    for (Charset charset : charsets(files)) {
      ReceivedFile file = new ReceivedFile(path, name, keys, limits, charset);
      if (file.isReadable()) {
        return file;
      }
    }
    throw new MessageRefused(
        Code.CHARSET_UNSUPPORTED,
        "file",
        "The file is not in the character set agreed. Export it as CSV UTF-8.");
  }

  /** From the beginning, without a byte order mark. */
  Reader open() throws IOException {
    Reader text =
        new BufferedReader(
            new InputStreamReader(
                content(),
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    try {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
    return text;
  }

  private InputStream content() throws IOException {
    InputStream bytes = Files.newInputStream(path);
    long most = limits.maxText().toBytes();
    return new Limited(name.isSealed() ? SealedContent.open(bytes, keys, most) : bytes, most);
  }

  private boolean isReadable() throws IOException {
    try (Reader text = open()) {
      char[] read = new char[8192];
      for (int count = text.read(read); count >= 0; count = text.read(read)) {
        for (int i = 0; i < count; i++) {
          if (read[i] == 0) {
            throw new MessageRefused(
                Code.MESSAGE_MALFORMED, "file", "The file is not text. Export it as CSV UTF-8.");
          }
        }
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    } catch (Limited.Exceeded e) {
      throw tooLarge(limits.maxText().toBytes());
    }
  }

  private static List<Charset> charsets(FileSettings files) {
    return files.charset() == FileSettings.Charset.WINDOWS_1252
        ? List.of(StandardCharsets.UTF_8, WINDOWS_1252)
        : List.of(StandardCharsets.UTF_8);
  }

  private static MessageRefused tooLarge(long most) {
    return new MessageRefused(
        Code.MESSAGE_TOO_LARGE,
        "file",
        "Send at most " + most + " bytes in a file; part it in several.");
  }
}
