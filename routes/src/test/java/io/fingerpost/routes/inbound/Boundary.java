package io.fingerpost.routes.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Where a message comes in. Whatever it is: there is an answer, in bearable time and memory, and
 * the answer says nothing of how the program is made, nor anything personal that was sent.
 */
public final class Boundary {

  /** No try takes that long unless it hangs, on however slow a machine. */
  private static final int HANGS_AFTER_SECONDS = 60;

  private static final long MOST_BYTES = 1L << 30;

  private static final List<String> OURS =
      List.of("Exception", "StackOverflow", "\tat ", "io.fingerpost", "org.hl7", "ca.uhn", "java.");

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "boundary");
            thread.setDaemon(true);
            return thread;
          });
  private final Function<byte[], String> door;
  private final List<String> personal;

  /**
   * @param door what is answered to a message
   * @param personal what stands in the messages and may stand in no answer
   */
  public Boundary(Function<byte[], String> door, List<String> personal) {
    this.door = door;
    this.personal = personal;
  }

  public void holdsAgainst(byte[] message) {
    holdsAgainst(message, MOST_BYTES);
  }

  /**
   * @param mostBytes of memory may be used in the course of it, most of them for a moment
   */
  public void holdsAgainst(byte[] message, long mostBytes) {
    Answered answered = answered(message);
    assertThat(answered.bytes()).as("bytes of memory used").isLessThan(mostBytes);
    for (String word : OURS) {
      assertThat(answered.text()).doesNotContain(word);
    }
    for (String value : personal) {
      assertThat(answered.text()).doesNotContain(value);
    }
  }

  private record Answered(String text, long bytes) {}

  private Answered answered(byte[] message) {
    try {
      return worker
          .submit(
              () -> {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                String text = door.apply(message);
                return new Answered(text, THREADS.getCurrentThreadAllocatedBytes() - before);
              })
          .get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException hangs) {
      throw new AssertionError("no answer", hangs);
    } catch (ExecutionException e) {
      throw new AssertionError("no answer but what broke", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
