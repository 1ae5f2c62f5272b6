package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Dashboards, kept and read back. */
final class Dashboards {
    private record Dashboard(String body, Instant modified) {}

    private final ConcurrentMap<String, Dashboard> dashboards = new ConcurrentSkipListMap<>();

    Map<String, Operation> operations() {
        return Map.of(
                "PutDashboard", this::put,
                "GetDashboard", this::get,
                "ListDashboards", this::list,
                "DeleteDashboards", this::delete);
    }

    private JsonNode put(ObjectNode input, CallContext context) {
        String name = Json.required(input, "DashboardName", "DashboardInvalidInputError");
        String body = Json.required(input, "DashboardBody", "DashboardInvalidInputError");
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw AwsError.of(
                    "DashboardInvalidInputError", "The name '" + name + "' has characters other than A-Z a-z 0-9 - _");
        }
        if (!Json.isObject(body)) {
            throw AwsError.of("DashboardInvalidInputError", "The field DashboardBody must be a valid JSON object");
        }
        dashboards.put(name, new Dashboard(body, Instant.now()));
        ObjectNode output = Json.object();
        output.putArray("DashboardValidationMessages");
        return output;
    }

    private JsonNode get(ObjectNode input, CallContext context) {
        String name = Json.required(input, "DashboardName", "InvalidParameterValueException");
        Dashboard dashboard = dashboards.get(name);
        if (dashboard == null) {
            throw missing(name);
        }
        return Json.object()
                .put("DashboardName", name)
                .put("DashboardArn", arn(name, context))
                .put("DashboardBody", dashboard.body());
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object();
        output.putArray("DashboardEntries");
        String prefix = input.path("DashboardNamePrefix").asText("");
        dashboards.forEach((name, dashboard) -> {
            if (name.startsWith(prefix)) {
                output.withArrayProperty("DashboardEntries")
                        .addObject()
                        .put("DashboardName", name)
                        .put("DashboardArn", arn(name, context))
                        .put("LastModified", dashboard.modified().getEpochSecond())
                        .put("Size", dashboard.body().getBytes(StandardCharsets.UTF_8).length);
            }
        });
        return output;
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        for (JsonNode name : input.path("DashboardNames")) {
            if (!dashboards.containsKey(name.asText())) {
                throw missing(name.asText());
            }
        }
        input.path("DashboardNames").forEach(name -> dashboards.remove(name.asText()));
        return Json.object();
    }

    private static String arn(String name, CallContext context) {
        return "arn:aws:cloudwatch::" + context.accountId() + ":dashboard/" + name;
    }

    private static AwsError missing(String name) {
        return AwsError.of("DashboardNotFoundError", "Dashboard " + name + " does not exist", 404);
    }
}
