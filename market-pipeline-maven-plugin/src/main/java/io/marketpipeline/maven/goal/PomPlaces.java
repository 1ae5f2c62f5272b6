package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.ElementPlaces;
import io.marketpipeline.maven.output.ShownPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.maven.project.MavenProject;

/**
 * Finds elements of the plugin's configuration in the project's pom and its parents', the nearest first, and in an
 * environment's own elements before the common ones. Reads the files anew: Maven's model keeps no lines of a plugin's
 * configuration.
 */
final class PomPlaces implements ElementPlaces {
    private static final String PLUGIN = "market-pipeline-maven-plugin";
    private static final Pattern NAME = Pattern.compile("<([^<>]+)>");

    private final List<Path> poms;
    private final String environment;

    PomPlaces(List<Path> poms, String environment) {
        this.poms = List.copyOf(poms);
        this.environment = environment;
    }

    static PomPlaces of(MavenProject project, String environment) {
        List<Path> poms = new ArrayList<>();
        for (MavenProject pom = project; pom != null; pom = pom.getParent()) {
            if (pom.getFile() != null) {
                poms.add(pom.getFile().toPath());
            }
        }
        return new PomPlaces(poms, environment);
    }

    @Override
    public Optional<String> of(String element) {
        List<String> path = new ArrayList<>();
        for (Matcher name = NAME.matcher(element); name.find(); ) {
            path.add(name.group(1));
        }
        for (Path pom : poms) {
            OptionalInt line = line(pom, path);
            if (line.isPresent()) {
                return Optional.of(ShownPath.of(pom) + ":" + line.getAsInt());
            }
        }
        return Optional.empty();
    }

    private OptionalInt line(Path pom, List<String> path) {
        try (InputStream content = Files.newInputStream(pom)) {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            return new Search(path).in(factory.createXMLStreamReader(content));
        } catch (IOException | XMLStreamException e) {
            // Maven has read it a moment ago; the place is a help and no more.
            return OptionalInt.empty();
        }
    }

    /** One pass through a file. */
    private final class Search {
        private final List<String> path;
        private final Deque<String> open = new ArrayDeque<>();
        private boolean ours;
        private boolean ourEnvironment;
        private OptionalInt common = OptionalInt.empty();
        private OptionalInt own = OptionalInt.empty();

        Search(List<String> path) {
            this.path = path;
        }

        OptionalInt in(XMLStreamReader reader) throws XMLStreamException {
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    open.addLast(reader.getLocalName());
                    text.setLength(0);
                    look(reader.getLocation().getLineNumber());
                } else if (event == XMLStreamConstants.CHARACTERS) {
                    text.append(reader.getText());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    close(text.toString().strip());
                    text.setLength(0);
                }
            }
            return own.isPresent() ? own : common;
        }

        /** The artifact id stands before the configuration, and an environment's name before its elements, by custom. */
        private void look(int line) {
            List<String> here = List.copyOf(open);
            int configuration = here.lastIndexOf("configuration");
            if (!ours || configuration < 0) {
                return;
            }
            List<String> inside = here.subList(configuration + 1, here.size());
            if (inside.equals(path)) {
                common = common.isPresent() ? common : OptionalInt.of(line);
            } else if (ourEnvironment
                    && inside.size() > 2
                    && inside.get(1).equals("environment")
                    && inside.subList(2, inside.size()).equals(path)) {
                own = own.isPresent() ? own : OptionalInt.of(line);
            }
        }

        private void close(String text) {
            String name = open.removeLast();
            String parent = open.isEmpty() ? "" : open.getLast();
            if (name.equals("artifactId") && parent.equals("plugin")) {
                ours = text.equals(PLUGIN);
            } else if (name.equals("plugin")) {
                ours = false;
            } else if (name.equals("name") && parent.equals("environment")) {
                ourEnvironment = text.equals(environment);
            } else if (name.equals("environment")) {
                ourEnvironment = false;
            }
        }
    }
}
