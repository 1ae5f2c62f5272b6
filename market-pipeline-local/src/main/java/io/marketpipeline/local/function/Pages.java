package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Pages of lists: the marker is the position of the next item. */
final class Pages {
    private Pages() {}

    static ObjectNode of(
            ObjectNode input, List<? extends JsonNode> all, String member, String marker, String next, int most) {
        int from = Math.min(input.path(marker).asInt(0), all.size());
        int size = Math.min(input.path("MaxItems").asInt(most), most);
        int to = Math.min(all.size(), from + Math.max(1, size));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        all.subList(from, to).forEach(output.putArray(member)::add);
        if (to < all.size()) {
            output.put(next, Integer.toString(to));
        }
        return output;
    }
}
