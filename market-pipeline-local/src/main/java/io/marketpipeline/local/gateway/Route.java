package io.marketpipeline.local.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of a REST service.
 *
 * @param path segments; {@code {Name}} is the input member of that name
 * @param status the status of the answer, unless the output says another in {@code StatusCode}
 * @param query input members by query parameter
 */
record Route(String method, List<String> path, String operation, int status, Map<String, String> query) {

    static Route of(String method, String path, String operation, int status, String... query) {
        Map<String, String> members = new HashMap<>();
        for (String name : query) {
            members.put(name, Character.toUpperCase(name.charAt(0)) + name.substring(1));
        }
        return new Route(method, List.of(path.substring(1).split("/", -1)), operation, status, Map.copyOf(members));
    }
}
