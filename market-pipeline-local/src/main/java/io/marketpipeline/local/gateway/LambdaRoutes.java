package io.marketpipeline.local.gateway;

import java.util.List;

/** The routes of Lambda's REST API, from its public model of version 2015-03-31. */
final class LambdaRoutes {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String FUNCTION = FUNCTIONS + "/{FunctionName}";
    private static final String INVOKE_CONFIG = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
    private static final String TAGS = "/2017-03-31/tags/{Resource}";

    private static final String MAPPINGS = "/2015-03-31/event-source-mappings";
    private static final String MAPPING = MAPPINGS + "/{UUID}";

    static final List<Route> ROUTES = List.of(
            Route.of("POST", FUNCTIONS, "CreateFunction", 201),
            Route.of("GET", FUNCTIONS, "ListFunctions", 200, "FunctionVersion", "Marker", "MaxItems"),
            Route.of("GET", FUNCTION, "GetFunction", 200, "Qualifier"),
            Route.of("DELETE", FUNCTION, "DeleteFunction", 204, "Qualifier"),
            Route.of("GET", FUNCTION + "/configuration", "GetFunctionConfiguration", 200, "Qualifier"),
            Route.of("PUT", FUNCTION + "/configuration", "UpdateFunctionConfiguration", 200),
            Route.of("PUT", FUNCTION + "/code", "UpdateFunctionCode", 200),
            Route.of("POST", FUNCTION + "/versions", "PublishVersion", 201),
            Route.of("GET", FUNCTION + "/versions", "ListVersionsByFunction", 200, "Marker", "MaxItems"),
            Route.of("POST", FUNCTION + "/aliases", "CreateAlias", 201),
            Route.of("GET", FUNCTION + "/aliases", "ListAliases", 200, "FunctionVersion", "Marker", "MaxItems"),
            Route.of("GET", FUNCTION + "/aliases/{Name}", "GetAlias", 200),
            Route.of("PUT", FUNCTION + "/aliases/{Name}", "UpdateAlias", 200),
            Route.of("DELETE", FUNCTION + "/aliases/{Name}", "DeleteAlias", 204),
            Route.of("POST", FUNCTION + "/policy", "AddPermission", 201, "Qualifier"),
            Route.of("GET", FUNCTION + "/policy", "GetPolicy", 200, "Qualifier"),
            Route.of("DELETE", FUNCTION + "/policy/{StatementId}", "RemovePermission", 204, "Qualifier", "RevisionId"),
            Route.of("POST", FUNCTION + "/invocations", "Invoke", 200, "Qualifier"),
            Route.of("PUT", INVOKE_CONFIG, "PutFunctionEventInvokeConfig", 200, "Qualifier"),
            Route.of("POST", INVOKE_CONFIG, "UpdateFunctionEventInvokeConfig", 200, "Qualifier"),
            Route.of("GET", INVOKE_CONFIG, "GetFunctionEventInvokeConfig", 200, "Qualifier"),
            Route.of("DELETE", INVOKE_CONFIG, "DeleteFunctionEventInvokeConfig", 204, "Qualifier"),
            Route.of("GET", INVOKE_CONFIG + "/list", "ListFunctionEventInvokeConfigs", 200, "Marker", "MaxItems"),
            Route.of("PUT", "/2017-10-31/functions/{FunctionName}/concurrency", "PutFunctionConcurrency", 200),
            Route.of("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency", "DeleteFunctionConcurrency", 204),
            Route.of("GET", "/2019-09-30/functions/{FunctionName}/concurrency", "GetFunctionConcurrency", 200),
            Route.of("POST", MAPPINGS, "CreateEventSourceMapping", 202),
            Route.of(
                    "GET",
                    MAPPINGS,
                    "ListEventSourceMappings",
                    200,
                    "EventSourceArn",
                    "FunctionName",
                    "Marker",
                    "MaxItems"),
            Route.of("GET", MAPPING, "GetEventSourceMapping", 200),
            Route.of("PUT", MAPPING, "UpdateEventSourceMapping", 202),
            Route.of("DELETE", MAPPING, "DeleteEventSourceMapping", 202),
            Route.of("POST", TAGS, "TagResource", 204),
            Route.of("GET", TAGS, "ListTags", 200),
            Route.of("DELETE", TAGS, "UntagResource", 204, "tagKeys"),
            Route.of("GET", "/2016-08-19/account-settings", "GetAccountSettings", 200));

    private LambdaRoutes() {}
}
