package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.stack.DriftedResource.DriftedProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * What was changed past CloudFormation: what CloudFormation finds, the function's code, which it can't read back, and which
 * of it our own goals did. Not thread-safe.
 */
final class ChangesByHand {
    private static final String ALIAS_TYPE = "AWS::Lambda::Alias";
    private static final String FUNCTION_TYPE = "AWS::Lambda::Function";
    private static final String LEFT = "A deploy leaves it as it is";
    private static final String NOT_MADE = "A deploy does not make it again";
    private static final String BEYOND = "CloudFormation can't put it back; set it right by hand";

    private final AwsClients clients;
    private final StackReader reader;
    private final FunctionVersions versions;
    private final Pace pace;

    ChangesByHand(AwsClients clients, StackReader reader, FunctionVersions versions, Pace pace) {
        this.clients = clients;
        this.reader = reader;
        this.versions = versions;
        this.pace = pace;
    }

    /** Why the alias points elsewhere than the stack says, where a goal of ours moved it. */
    static Optional<String> explanation(LiveAlias alias) {
        boolean ours = AliasNote.isRollback(alias.description()) || AliasNote.isFast(alias.description());
        return ours ? Optional.of(alias.description()) : Optional.empty();
    }

    /** Looks at a stack, which takes AWS up to some minutes; one that is being changed is left alone. */
    StackDrift.Found find(Stack stack) throws InterruptedException {
        if (StackCondition.of(stack.stackStatus()) == StackCondition.BUSY) {
            return new StackDrift.Found(
                    List.of(), Optional.of("the stack is being changed right now; look again when that has ended"));
        }
        StackDrift.Found found =
                new StackDrift(clients.cloudFormation(), clients.failures(), pace).find(stack.stackName());
        Optional<LiveAlias> alias = versions.live();
        List<DriftedResource> resources = new ArrayList<>();
        found.resources().forEach(resource -> resources.add(explained(resource, alias)));
        replacedCode(stack.stackName(), alias).ifPresent(resources::add);
        return new StackDrift.Found(resources, found.problem());
    }

    /**
     * What becomes of each change by hand in a deploy, in words: CloudFormation compares template with template, and
     * touches what differs between them; or, where it is told to, template with what is there.
     *
     * @param reverted whether it is told to
     */
    static List<String> inADeploy(StackDrift.Found found, List<Change> planned, boolean reverted) {
        List<String> notes = new ArrayList<>();
        found.problem().ifPresent(problem -> notes.add("What was changed by hand is not known: " + problem));
        for (DriftedResource resource : found.resources()) {
            Optional<Change> change = planned.stream()
                    .filter(one -> one.logicalId().equals(resource.logicalId()))
                    .findFirst();
            if (resource.explanation().isPresent()) {
                notes.add(resource.logicalId() + ": " + resource.explanation().get());
            } else if (resource.deleted()) {
                notes.add("Deleted by hand: " + resource.logicalId() + " (" + resource.type() + "). "
                        + fateOfDeleted(change, reverted));
            } else {
                resource.properties()
                        .forEach(
                                property -> notes.add("Changed by hand: " + resource.logicalId() + " " + property.name()
                                        + " " + property.words() + ". " + fate(resource, property, change, reverted)));
            }
        }
        boolean left = notes.stream().anyMatch(note -> note.endsWith(LEFT) || note.endsWith(NOT_MADE));
        if (left) {
            notes.add("-DrevertDrift lets plan and deploy put back, too, what was changed by hand");
        }
        return notes;
    }

    private static String fateOfDeleted(Optional<Change> change, boolean reverted) {
        if (reverted) {
            return change.isPresent() ? "A deploy makes it anew" : BEYOND;
        }
        return change.isPresent() ? "A deploy changes it, which fails where it is gone" : NOT_MADE;
    }

    private static String fate(
            DriftedResource resource, DriftedProperty property, Optional<Change> change, boolean reverted) {
        if (resource.type().equals(ALIAS_TYPE) || property.path().equals("/Code")) {
            return "A deploy puts it right";
        }
        if (change.isEmpty()) {
            return reverted ? BEYOND : LEFT;
        }
        if (change.get().kind() == Change.Kind.SYNC) {
            return "The configuration now says the same";
        }
        boolean named = change.get().properties().stream()
                .anyMatch(planned -> (planned.path() + ".").startsWith(property.name() + ".")
                        || (property.name() + ".").startsWith(planned.path() + "."));
        if (reverted) {
            return named ? "A deploy puts it back" : BEYOND;
        }
        return named || change.get().kind() != Change.Kind.MODIFY
                ? "A deploy overwrites it"
                : "A deploy may overwrite it, since it changes that resource";
    }

    private static DriftedResource explained(DriftedResource resource, Optional<LiveAlias> alias) {
        return resource.type().equals(ALIAS_TYPE)
                ? new DriftedResource(
                        resource.logicalId(),
                        resource.physicalId(),
                        resource.type(),
                        resource.deleted(),
                        resource.properties(),
                        alias.flatMap(ChangesByHand::explanation))
                : resource;
    }

    /** CloudFormation can't read code back; its hash in the template's key and in Lambda tells. */
    private Optional<DriftedResource> replacedCode(String stack, Optional<LiveAlias> alias) {
        Optional<String> expected = LiveCode.codeIn(reader.template(stack));
        Optional<String> actual = versions.latestCode();
        if (expected.isEmpty() || actual.isEmpty() || expected.equals(actual)) {
            return Optional.empty();
        }
        return Optional.of(new DriftedResource(
                "Function",
                versions.function(),
                FUNCTION_TYPE,
                false,
                List.of(new DriftedProperty("/Code", expected, actual)),
                alias.filter(live -> AliasNote.isFast(live.description())).map(LiveAlias::description)));
    }
}
