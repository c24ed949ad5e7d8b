package io.fingerpost.server.tls;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.collections.SynchronizedStack;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's end of each HTTPS connection, which tells of a handshake that has failed. Tomcat itself
 * does so in debugging alone, and with the other side's address.
 */
final class HttpsEndpoint extends NioEndpoint {

  private static final Logger log = LoggerFactory.getLogger(HttpsEndpoint.class);

  /** Tomcat takes a channel that was used before, where there is one; so there always is one. */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    SynchronizedStack<NioChannel> channels = getNioChannels();
    if (channels != null) {
      NioChannel used = channels.pop();
      channels.push(used == null ? new Channel(buffers(), this) : used);
    }
    return super.setSocketOptions(socket);
  }

  private SocketBufferHandler buffers() {
    SocketProperties properties = getSocketProperties();
    return new SocketBufferHandler(
        properties.getAppReadBufSize(),
        properties.getAppWriteBufSize(),
        properties.getDirectBuffer());
  }

  private static final class Channel extends SecureNioChannel {

    Channel(SocketBufferHandler buffers, NioEndpoint endpoint) {
      super(buffers, endpoint);
    }

    @Override
    public int handshake(boolean read, boolean write) throws IOException {
      try {
        return super.handshake(read, write);
      } catch (IOException failure) {
        tell(failure);
        throw failure;
      }
    }
  }

  /** By kind only: the text of a cause may hold what the other side has sent. */
  private static void tell(IOException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    log.warn("outcome=tls-refused cause={} channel=https", root.getClass().getSimpleName());
  }
}
