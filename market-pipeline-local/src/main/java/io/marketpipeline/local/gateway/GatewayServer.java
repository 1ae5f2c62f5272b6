package io.marketpipeline.local.gateway;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The one port. It is taken at once, so that services can know it, and answers from {@link #serve} on. */
public final class GatewayServer implements AutoCloseable {
    private static final int MOST_THREADS = 200;
    private static final int FEWEST_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;

    private GatewayServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Takes a port of 127.0.0.1, and of no other interface.
     *
     * @param port 0 for a free one
     * @throws BindException with a message for the user if the port is taken
     */
    public static GatewayServer open(int port) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
        threads.setName("gateway");
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException e) {
            BindException taken = new BindException(
                    "Port " + port
                            + " of 127.0.0.1 can't be taken; another program, or another local endpoint, listens on it."
                            + " Stop that program, or choose another port: -Dport=N for the goals, --port N for the endpoint itself (0 takes a free one).");
            taken.initCause(e);
            throw taken;
        }
        return new GatewayServer(server, connector);
    }

    /** The address, with the port that was taken. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    /** Starts to answer for the given services. */
    public void serve(ServiceDirectory services) {
        services.handOver(server);
        server.setHandler(new GatewayHandler(services, connector.getLocalPort()));
        LifeCycle.start(server);
    }

    /** Stops answering and frees the port. */
    @Override
    public void close() {
        LifeCycle.stop(server);
        connector.close();
        server.destroy();
    }
}
