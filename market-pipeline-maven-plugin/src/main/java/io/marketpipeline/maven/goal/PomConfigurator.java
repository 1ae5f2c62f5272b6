package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Problem;
import io.marketpipeline.maven.config.Spelling;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.ConfigurationListener;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Maven's way to fill goals and beans from the pom, but for misspelt elements inside a bean: Maven stops at the first, in
 * words of its own; here they are left out and told to the goal, which tells them with all other problems. Maven finds it
 * through {@code META-INF/plexus/components.xml}.
 */
public final class PomConfigurator extends BasicComponentConfigurator {
    static final String HINT = "market-pipeline";

    @Override
    public void configureComponent(
            Object component,
            PlexusConfiguration configuration,
            ExpressionEvaluator evaluator,
            ClassRealm realm,
            ConfigurationListener listener)
            throws ComponentConfigurationException {
        List<Problem> misspelt = new ArrayList<>();
        PlexusConfiguration known = copyOf(configuration);
        for (PlexusConfiguration child : configuration.getChildren()) {
            known.addChild(known(child, parameterType(component.getClass(), child.getName()), "", misspelt));
        }
        super.configureComponent(component, known, evaluator, realm, listener);
        if (component instanceof AbstractPipelineMojo mojo) {
            mojo.misspeltInside(misspelt);
        }
    }

    private static @Nullable Type parameterType(Class<?> goal, String name) {
        for (Class<?> type = goal; type != Object.class; type = type.getSuperclass()) {
            Field field = fields(type).get(name);
            if (field != null) {
                return field.getGenericType();
            }
        }
        return null;
    }

    /** The element without what its bean, or the beans in it, don't know. */
    private static PlexusConfiguration known(
            PlexusConfiguration element, @Nullable Type type, String parents, List<Problem> misspelt) {
        String path = parents + "<" + element.getName() + ">";
        if (type instanceof ParameterizedType list && isBean(list.getActualTypeArguments()[0])) {
            PlexusConfiguration copy = copyOf(element);
            for (PlexusConfiguration item : element.getChildren()) {
                copy.addChild(known(item, list.getActualTypeArguments()[0], path, misspelt));
            }
            return copy;
        }
        if (!(type instanceof Class<?> bean) || !isBean(bean)) {
            return element;
        }
        Map<String, Field> fields = fields(bean);
        PlexusConfiguration copy = copyOf(element);
        for (PlexusConfiguration child : element.getChildren()) {
            Field field = fields.get(child.getName());
            if (field == null) {
                misspelt.add(Spelling.unknownElement(path, child.getName(), fields.keySet()));
            } else {
                copy.addChild(known(child, field.getGenericType(), path, misspelt));
            }
        }
        return copy;
    }

    private static boolean isBean(Type type) {
        return type instanceof Class<?> bean
                && bean.getPackage() == PomConfigurator.class.getPackage()
                && bean.getSimpleName().endsWith("Bean");
    }

    private static Map<String, Field> fields(Class<?> type) {
        Map<String, Field> fields = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                fields.put(field.getName(), field);
            }
        }
        return fields;
    }

    private static PlexusConfiguration copyOf(PlexusConfiguration element) {
        DefaultPlexusConfiguration copy = new DefaultPlexusConfiguration(element.getName());
        for (String attribute : element.getAttributeNames()) {
            copy.setAttribute(attribute, element.getAttribute(attribute));
        }
        return copy;
    }
}
