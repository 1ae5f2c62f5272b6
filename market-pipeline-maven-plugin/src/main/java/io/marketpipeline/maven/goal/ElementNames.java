package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Problem;
import io.marketpipeline.maven.config.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Finds misspelt top-level elements; {@link PomConfigurator} finds those inside a bean. Maven drops unknown ones, since
 * a plugin's elements may belong to any of its goals.
 */
final class ElementNames {
    private final Set<String> known = new TreeSet<>();

    ElementNames(PluginDescriptor plugin) {
        plugin.getMojos().forEach(mojo -> {
            for (Parameter parameter : mojo.getParameters()) {
                known.add(parameter.getName());
            }
        });
    }

    /** A problem for each element of the plugin's configuration, its executions' included, that no goal knows. */
    List<Problem> unknown(Plugin plugin) {
        Set<String> names = new LinkedHashSet<>(childNames(plugin.getConfiguration()));
        for (PluginExecution execution : plugin.getExecutions()) {
            names.addAll(childNames(execution.getConfiguration()));
        }
        names.removeAll(known);
        return names.stream().map(name -> Spelling.unknownElement(name, known)).toList();
    }

    private static List<String> childNames(Object configuration) {
        List<String> names = new ArrayList<>();
        if (configuration instanceof Xpp3Dom dom) {
            for (Xpp3Dom child : dom.getChildren()) {
                names.add(child.getName());
            }
        }
        return names;
    }
}
