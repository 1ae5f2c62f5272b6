package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.stack.Stack;
import io.marketpipeline.local.cloudformation.template.Template;
import io.marketpipeline.local.cloudformation.template.TemplateException;
import io.marketpipeline.local.cloudformation.template.TemplateResource;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds the template that a request means, and refuses what can be told from the template alone. Thread-safe. */
final class TemplateSource {
    private static final int MAX_INLINE_BYTES = 51_200;
    private static final int MAX_STORED_BYTES = 1_048_576;

    private final ServiceCalls calls;

    TemplateSource(ServiceCalls calls) {
        this.calls = calls;
    }

    /**
     * The template of a request: inline, in the local S3, or the stack's own.
     *
     * @throws AwsError if there is none, or it is refused
     */
    Template of(Request request, Optional<Stack> stack) {
        if (request.flag("UsePreviousTemplate")) {
            return stack.flatMap(Stack::template)
                    .orElseThrow(() -> AwsError.of(
                            "ValidationError", "UsePreviousTemplate cannot be used: the stack has no template"));
        }
        Optional<String> body = request.optional("TemplateBody");
        Optional<String> url = request.optional("TemplateURL");
        if (body.isPresent() == url.isPresent()) {
            throw AwsError.of("ValidationError", "Either Template URL or Template Body must be specified.");
        }
        return read(body.orElseGet(() -> stored(url.orElseThrow())), body.isPresent());
    }

    private static Template read(String text, boolean inline) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > (inline ? MAX_INLINE_BYTES : MAX_STORED_BYTES)) {
            throw AwsError.of(
                    "ValidationError",
                    inline
                            ? "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member "
                                    + "must have length less than or equal to " + MAX_INLINE_BYTES
                            : "Template may not exceed " + MAX_STORED_BYTES + " bytes in size.");
        }
        try {
            Template template = Template.parse(text);
            checkTypes(template);
            return template;
        } catch (TemplateException e) {
            throw AwsError.of("ValidationError", e.message());
        }
    }

    private static void checkTypes(Template template) {
        List<String> unknown = template.resources().values().stream()
                .map(TemplateResource::type)
                .filter(type -> ResourceSchema.of(type).isEmpty())
                .distinct()
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new TemplateException("Template format error: Unrecognized resource types: " + unknown);
        }
        template.references().stream()
                .filter(reference ->
                        !reference.attribute().isEmpty() && template.resources().containsKey(reference.target()))
                .forEach(reference -> {
                    String type = template.resource(reference.target()).type();
                    if (!ResourceSchema.of(type).orElseThrow().attributes().contains(reference.attribute())) {
                        throw new TemplateException("Template error: resource " + reference.target()
                                + " does not support attribute type " + reference.attribute() + " in Fn::GetAtt");
                    }
                });
    }

    /** Path style, or the bucket as the first label of the host. */
    private String stored(String url) {
        URI uri = URI.create(url);
        String path = Optional.ofNullable(uri.getPath()).orElse("/").substring(1);
        String host = Optional.ofNullable(uri.getHost()).orElse("");
        int virtual = host.indexOf(".s3");
        int slash = path.indexOf('/');
        String bucket = virtual > 0 ? host.substring(0, virtual) : path.substring(0, Math.max(slash, 0));
        String key = virtual > 0 ? path : path.substring(slash + 1);
        try {
            JsonNode body = calls.call(
                            "s3",
                            "GetObject",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("Bucket", bucket)
                                    .put("Key", key))
                    .path("Body");
            return new String(body.binaryValue(), StandardCharsets.UTF_8);
        } catch (AwsError e) {
            throw AwsError.of("ValidationError", "S3 error: " + e.message() + " (" + url + ")");
        } catch (IOException e) {
            throw AwsError.of("ValidationError", "S3 error: the object at " + url + " is no text");
        }
    }

    /** Refuses a template that makes IAM resources unless the request acknowledges that. */
    static void checkCapabilities(Template template, List<String> given) {
        boolean any = false;
        boolean named = false;
        for (TemplateResource resource : template.resources().values()) {
            if (resource.type().startsWith("AWS::IAM::")) {
                any = true;
                named |= ResourceSchema.of(resource.type())
                        .flatMap(ResourceSchema::name)
                        .filter(rule -> resource.properties().has(rule.property()))
                        .isPresent();
            }
        }
        String needed = named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM";
        boolean enough = given.contains(needed) || (!named && given.contains("CAPABILITY_NAMED_IAM"));
        if (any && !enough) {
            throw AwsError.of("InsufficientCapabilitiesException", "Requires capabilities : [" + needed + "]");
        }
    }
}
