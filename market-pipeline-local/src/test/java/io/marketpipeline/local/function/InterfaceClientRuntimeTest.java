package io.marketpipeline.local.function;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contract under AWS's own runtime interface client, whose native code is for Linux. */
@EnabledOnOs(OS.LINUX)
class InterfaceClientRuntimeTest extends RuntimeContractTest {
    @Override
    JvmLauncher launcher(Path loopFolder) {
        return new InterfaceClientLauncher();
    }
}
