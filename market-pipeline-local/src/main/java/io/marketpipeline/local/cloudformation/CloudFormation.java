package io.marketpipeline.local.cloudformation;

import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.cloudformation.stack.ChangeSets;
import io.marketpipeline.local.cloudformation.stack.DriftDetection;
import io.marketpipeline.local.cloudformation.stack.Engine;
import io.marketpipeline.local.cloudformation.stack.Planner;
import io.marketpipeline.local.cloudformation.stack.Stacks;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.HashMap;
import java.util.Map;

/** CloudFormation. Thread-safe; closing it interrupts what runs. */
public final class CloudFormation implements AwsService, AutoCloseable {
    private final Map<String, Operation> operations;
    private final Engine engine;

    /** Creates the service without a stack. It calls no other service before a request of its own. */
    public CloudFormation(EndpointSettings settings, ServiceCalls calls) {
        Stacks stacks = new Stacks(settings);
        ChangeSets changeSets = new ChangeSets();
        Resources resources = new Resources(calls, settings);
        Planner planner = new Planner(settings, stacks, resources);
        engine = new Engine(settings, stacks, resources);
        TemplateSource templates = new TemplateSource(calls);
        Map<String, Operation> all = new HashMap<>();
        DriftDetection drifts = new DriftDetection(resources);
        all.putAll(
                new ChangeSetOperations(settings, stacks, changeSets, planner, engine, templates, drifts).operations());
        all.putAll(new StackOperations(stacks, changeSets, planner, engine, templates).operations());
        all.putAll(new EventOperations(stacks, changeSets).operations());
        all.putAll(new TemplateOperations(stacks, changeSets, templates).operations());
        all.putAll(new DriftOperations(stacks, drifts).operations());
        operations = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "cloudformation";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    @Override
    public void close() {
        engine.close();
    }
}
