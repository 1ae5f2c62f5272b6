package io.marketpipeline.local.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts function processes with AWS's own runtime interface client (Linux only). */
final class InterfaceClientLauncher implements JvmLauncher {
    @Override
    public Process start(ProcessSpec spec, Map<String, String> environment) throws IOException {
        List<String> classPath = new ArrayList<>(LoopLauncher.functionClassPath(spec.codeRoot()));
        for (Class<?> type : List.of(AWSLambda.class, PojoSerializer.class, RequestStreamHandler.class)) {
            classPath.add(LoopLauncher.codeSource(type).toString());
        }
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (path.contains("utils-lite")) {
                classPath.add(path);
            }
        }
        List<String> command = new ArrayList<>();
        command.add(JvmLauncher.java().toString());
        command.addAll(LoopLauncher.flags(spec));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), AWSLambda.class.getName()));
        command.add(environment.get("_HANDLER"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(spec.codeRoot().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public boolean marksEnds() {
        return false;
    }
}
