package io.marketpipeline.maven.adopt;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.stack.StackImport;
import io.marketpipeline.maven.template.OriginalResource;
import io.marketpipeline.maven.template.OriginalTemplate;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Takes the Terraform original's resources of one environment into its stack: {@link #tell} first, {@link #takeOver},
 * then the stack's own deployment, then {@link #finish}. Not thread-safe.
 */
public final class Adoption {
    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final OriginalReader reader;
    private final StackImport stackImport;
    private final List<Found> found;
    private final List<String> inStack;

    private Adoption(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.reader = new OriginalReader(clients, config);
        this.stackImport = new StackImport(clients, console);
        this.found = reader.read();
        this.inStack = stackImport.resources(config.names().stack());
    }

    /**
     * Reads what is there, through the clients, which stay the caller's.
     *
     * @throws UserFixableException where nothing is there, or it can't be taken over without loss
     */
    public static Adoption of(AwsClients clients, PipelineConfig config, Console console) {
        Adoption adoption = new Adoption(clients, config, console);
        adoption.refuseNothing();
        adoption.refuseOtherKeys();
        adoption.refuseDoubleDelivery();
        adoption.refuseHalves();
        return adoption;
    }

    /** Says what will be taken over, what can't be, and what will be made. */
    public void tell() {
        console.line("Of the Terraform original, at " + clients.environment().where() + ":");
        Table table = Table.plain();
        for (OriginalResource resource : OriginalResource.of(config)) {
            boolean there = found.stream().anyMatch(one -> one.resource().equals(resource));
            String what = there ? "taken over with what it holds" : "isn't there, will be made";
            boolean already = inStack.contains(resource.logicalId());
            table.row(
                    there ? "  =" : "  +",
                    resource.name(),
                    resource.kind().type(),
                    already ? "is in the stack already" : what);
        }
        table.lines().forEach(console::line);
        console.line("CloudFormation can't import these; they are replaced without a gap:");
        console.line("  targets of the rules: part of the rules, under their old ids, then aimed at the alias live");
        console.line("  inline policies of the role: the stack's have the same names and take their place");
        console.line("  permissions " + String.join(", ", OriginalResource.permissions())
                + ": removed when the rules invoke the alias, which has its own");
    }

    /** Imports what isn't in the stack yet; changes nothing about it. */
    public void takeOver() throws InterruptedException {
        if (inStack.isEmpty()) {
            Map<OriginalResource, Map<String, Object>> resources = new LinkedHashMap<>();
            found.forEach(one -> resources.put(one.resource(), one.properties()));
            stackImport.run(
                    config.names().stack(),
                    OriginalTemplate.of(config, resources).yaml(),
                    found.stream().map(Adoption::existing).toList());
        }
    }

    /** Removes what the stack has replaced, and says how Terraform lets go. */
    public void finish() {
        OriginalResource.permissions().forEach(this::removePermission);
        console.line("Terraform still believes that these are its own. Before its next plan or apply, in its folder:");
        terraform().forEach(line -> console.line("  " + line));
    }

    /** The commands that end Terraform's ownership and touch nothing in AWS. */
    public List<String> terraform() {
        List<String> addresses = new ArrayList<>();
        found.forEach(one -> addresses.add(one.resource().terraform()));
        addresses.addAll(OriginalResource.notImportable());
        return addresses.stream()
                .map(address -> "terraform state rm " + address)
                .toList();
    }

    private void removePermission(String statement) {
        boolean removed = clients.failures().during("remove permission " + statement + " of the original", () -> {
            try {
                clients.lambda()
                        .removePermission(request ->
                                request.functionName(config.names().function()).statementId(statement));
                return true;
            } catch (ResourceNotFoundException e) {
                return false;
            }
        });
        if (removed) {
            console.line("Removed the original's permission " + statement);
        }
    }

    private static StackImport.Existing existing(Found found) {
        OriginalResource resource = found.resource();
        return new StackImport.Existing(
                resource.logicalId(), resource.kind().type(), resource.kind().identifier(), found.identifier());
    }

    private void refuseNothing() {
        if (found.isEmpty()) {
            throw new UserFixableException("There is nothing to take over at "
                    + clients.environment().where() + ": no " + config.names().marketDataTable() + ", no "
                    + config.names().function() + " and none of the others. -Denv (" + config.environment()
                    + ") must be the original's environment_suffix, -Dregion its aws_region, and <name> must not be set:"
                    + " the original's names have no prefix.");
        }
    }

    /** A key can't be changed: CloudFormation would make another table. */
    private void refuseOtherKeys() {
        for (Found one : found) {
            if (one.resource().kind() == OriginalResource.Kind.TABLE) {
                boolean rows = one.resource().name().equals(config.names().marketDataTable());
                String wanted = (rows ? MarketDataTable.EVENT_ID : AuditTrailTable.AUDIT_ID) + " HASH, "
                        + MarketDataTable.TIMESTAMP + " RANGE";
                String is = keys(one);
                if (!is.equals(wanted)) {
                    throw new UserFixableException("Table " + one.resource().name()
                            + " can't be taken over: its key is "
                            + is + ", the pipeline's is " + wanted + ", and a table's key can't be changed. Nothing was"
                            + " touched.");
                }
            }
        }
    }

    private static String keys(Found table) {
        List<?> schema = (List<?>) table.properties().getOrDefault("KeySchema", List.of());
        return schema.stream()
                .map(key -> ((Map<?, ?>) key).get("AttributeName") + " " + ((Map<?, ?>) key).get("KeyType"))
                .collect(Collectors.joining(", "));
    }

    /** Another target of the function, or another rule for the same events, would hand it each event once more. */
    private void refuseDoubleDelivery() {
        Map<String, String> known = OriginalResource.targetIds(config);
        reader.targets().forEach((rule, targets) -> targets.stream()
                .filter(this::isFunction)
                .filter(target -> !target.id().equals(known.get(rule)))
                .findFirst()
                .ifPresent(target -> {
                    throw new UserFixableException("Rule " + rule + " hands events to the function by its target "
                            + target.id() + ", which the stack would not take over: events could arrive twice. "
                            + (known.containsKey(rule)
                                    ? "Remove the target, or rename it to " + known.get(rule) + ","
                                    : "Name the rule in <rules>, or delete it,")
                            + " and run the goal again. Nothing was touched.");
                }));
    }

    private boolean isFunction(Target target) {
        String end = ":function:" + config.names().function();
        return target.arn().endsWith(end) || target.arn().contains(end + ":");
    }

    private void refuseHalves() {
        List<String> missing = found.stream()
                .map(one -> one.resource().logicalId())
                .filter(id -> !inStack.contains(id))
                .toList();
        if (!inStack.isEmpty() && !missing.isEmpty()) {
            throw new UserFixableException("Stack " + config.names().stack() + " has resources of its own, but not "
                    + String.join(", ", missing) + ". Only a stack without resources can take the original over. If the"
                    + " stack holds nothing of worth, `"
                    + clients.environment().command("destroy")
                    + "` removes it (its tables stay), then run the goal again. Nothing was touched.");
        }
    }
}
