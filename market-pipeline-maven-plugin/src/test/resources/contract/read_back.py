"""Reads what an endpoint holds of one environment's pipeline with boto3, and prints it as JSON.

usage: read_back.py ENDPOINT ENVIRONMENT

Names are the ones that the documentation promises, not the template's, so that a wrong name shows. A resource that is not
there is the error's code as a text. Lists without an order of their own are sorted.
"""

import json
import re
import sys

import boto3
from botocore.exceptions import ClientError

ENDPOINT, ENV = sys.argv[1:3]
STACK = f"market-pipeline-{ENV}"
FUNCTION = f"market-processor-{ENV}"
BUS = f"market-data-bus-{ENV}"


def client(service):
    return boto3.client(
        service,
        endpoint_url=ENDPOINT,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def pick(answer, *names):
    return {name: answer[name] for name in names if name in answer}


def tags(answer, key="Key", value="Value"):
    """The pipeline's own tags; endpoints differ in whether they add CloudFormation's."""
    pairs = answer.items() if isinstance(answer, dict) else ((tag[key], tag[value]) for tag in answer)
    return {name: text for name, text in sorted(pairs) if not name.startswith("aws:")}


def document(text):
    return json.loads(text) if isinstance(text, str) else text


def table(name):
    dynamodb = client("dynamodb")
    found = dynamodb.describe_table(TableName=name)["Table"]
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    recovery = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    return {
        "AttributeDefinitions": sorted(found["AttributeDefinitions"], key=lambda a: a["AttributeName"]),
        "KeySchema": found["KeySchema"],
        "GlobalSecondaryIndexes": sorted(
            (pick(index, "IndexName", "KeySchema", "Projection") for index in found["GlobalSecondaryIndexes"]),
            key=lambda index: index["IndexName"],
        ),
        "BillingMode": found.get("BillingModeSummary", {}).get("BillingMode"),
        "SSEDescription": pick(found.get("SSEDescription", {}), "Status", "SSEType"),
        "DeletionProtectionEnabled": found.get("DeletionProtectionEnabled"),
        "TimeToLive": pick(ttl, "TimeToLiveStatus", "AttributeName"),
        "PointInTimeRecovery": pick(
            recovery["PointInTimeRecoveryDescription"], "PointInTimeRecoveryStatus", "RecoveryPeriodInDays"
        ),
        "Tags": tags(dynamodb.list_tags_of_resource(ResourceArn=found["TableArn"])["Tags"]),
    }


def queue():
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName=f"market-processor-dlq-{ENV}")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return {
        **pick(attributes, "QueueArn", "MessageRetentionPeriod", "SqsManagedSseEnabled"),
        "Policy": document(attributes.get("Policy")),
        "Tags": tags(sqs.list_queue_tags(QueueUrl=url).get("Tags", {})),
    }


def bus():
    events = client("events")
    found = events.describe_event_bus(Name=BUS)
    listed = events.list_tags_for_resource(ResourceARN=found["Arn"])
    return {**pick(found, "Arn", "Description"), "Tags": tags(listed["Tags"])}


def archive():
    found = client("events").describe_archive(ArchiveName=f"market-data-archive-{ENV}")
    return pick(found, "EventSourceArn", "RetentionDays", "State")


def rule(name):
    events = client("events")
    found = events.describe_rule(Name=name, EventBusName=BUS)
    targets = events.list_targets_by_rule(Rule=name, EventBusName=BUS)["Targets"]
    return {
        **pick(found, "Arn", "State"),
        "EventPattern": document(found["EventPattern"]),
        "Targets": targets,
        "Tags": tags(events.list_tags_for_resource(ResourceARN=found["Arn"])["Tags"]),
    }


def function(qualifier):
    found = client("lambda").get_function_configuration(FunctionName=FUNCTION, Qualifier=qualifier)
    return {
        **pick(found, "Handler", "Runtime", "MemorySize", "Timeout", "Role", "Architectures", "CodeSha256"),
        "Variables": found.get("Environment", {}).get("Variables"),
        "DeadLetter": found.get("DeadLetterConfig", {}).get("TargetArn"),
        "SnapStart": found.get("SnapStart", {}).get("ApplyOn"),
        "Tracing": found.get("TracingConfig", {}).get("Mode"),
        "Logging": pick(found.get("LoggingConfig", {}), "LogFormat", "LogGroup"),
    }


def concurrency():
    found = client("lambda").get_function_concurrency(FunctionName=FUNCTION)
    return pick(found, "ReservedConcurrentExecutions")


def function_tags():
    arn = client("lambda").get_function_configuration(FunctionName=FUNCTION)["FunctionArn"]
    return tags(client("lambda").list_tags(Resource=arn)["Tags"])


def alias():
    functions = client("lambda")
    found = functions.get_alias(FunctionName=FUNCTION, Name="live")
    policy = document(functions.get_policy(FunctionName=FUNCTION, Qualifier="live")["Policy"])
    return {
        **pick(found, "AliasArn"),
        "NamesAVersion": found["FunctionVersion"].isdigit(),
        "VersionIsCurrent": function(found["FunctionVersion"]) == function("$LATEST"),
        "Invokers": sorted(
            (
                {
                    "Action": statement["Action"],
                    "Principal": statement["Principal"],
                    "SourceArn": statement["Condition"]["ArnLike"]["AWS:SourceArn"],
                }
                for statement in policy["Statement"]
            ),
            key=lambda statement: statement["SourceArn"],
        ),
    }


def invoke_config():
    found = client("lambda").get_function_event_invoke_config(FunctionName=FUNCTION, Qualifier="live")
    return pick(found, "MaximumRetryAttempts", "MaximumEventAgeInSeconds")


def role():
    iam = client("iam")
    name = f"market-processor-lambda-role-{ENV}"
    found = iam.get_role(RoleName=name)["Role"]
    policies = iam.list_role_policies(RoleName=name)["PolicyNames"]
    return {
        "Trust": document(found["AssumeRolePolicyDocument"])["Statement"],
        "Policies": {
            policy: document(iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])["Statement"]
            for policy in sorted(policies)
        },
        "Attached": iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"],
        "Tags": tags(iam.list_role_tags(RoleName=name)["Tags"]),
    }


def reader_policy(account):
    iam = client("iam")
    arn = f"arn:aws:iam::{account}:policy/market-data-reader-{ENV}"
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    found = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
    return document(found["Document"])["Statement"]


def log_group():
    logs = client("logs")
    name = f"/aws/lambda/{FUNCTION}"
    groups = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return [pick(group, "logGroupName", "retentionInDays") for group in groups]


def topic(account):
    attributes = client("sns").get_topic_attributes(TopicArn=f"arn:aws:sns:us-east-1:{account}:market-processor-alarms-{ENV}")
    return pick(attributes["Attributes"], "TopicArn")


def alarms():
    cloudwatch = client("cloudwatch")
    pages = cloudwatch.get_paginator("describe_alarms").paginate()
    found = [alarm for page in pages for alarm in page["MetricAlarms"] if alarm["AlarmName"].endswith(f"-{ENV}")]
    return {
        alarm["AlarmName"]: {
            **pick(alarm, "Namespace", "MetricName", "Statistic", "Period", "EvaluationPeriods", "Threshold"),
            **pick(alarm, "ComparisonOperator", "TreatMissingData", "AlarmActions", "ExtendedStatistic"),
            "Dimensions": {dimension["Name"]: dimension["Value"] for dimension in alarm.get("Dimensions", [])},
        }
        for alarm in sorted(found, key=lambda alarm: alarm["AlarmName"])
    }


def dashboard():
    body = json.loads(client("cloudwatch").get_dashboard(DashboardName=f"market-pipeline-{ENV}")["DashboardBody"])
    return sorted(widget["properties"].get("title", "") for widget in body["widgets"])


def stack():
    found = client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return {
        **pick(found, "StackStatus", "EnableTerminationProtection"),
        "Tags": tags(found.get("Tags", [])),
        "Outputs": {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])},
    }


def bucket(account):
    s3 = client("s3")
    name = f"market-pipeline-artifacts-{account}-us-east-1"
    rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    return {
        "Encryption": [rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] for rule in rules],
        "Versioning": s3.get_bucket_versioning(Bucket=name).get("Status"),
        "Public": s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"],
        "Policy": document(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"],
    }


def lifecycle(account):
    s3 = client("s3")
    rules = s3.get_bucket_lifecycle_configuration(Bucket=f"market-pipeline-artifacts-{account}-us-east-1")["Rules"]
    return {rule["ID"]: pick(rule, "Status", "NoncurrentVersionExpiration") for rule in rules}


def or_error(read, *arguments):
    try:
        return read(*arguments)
    except ClientError as failure:
        return failure.response["Error"]["Code"]
    except (KeyError, ValueError) as failure:
        return f"unreadable: {failure!r}"


def born():
    """Another value means that the table was made anew."""
    return {
        name: client("dynamodb").describe_table(TableName=name)["Table"]["CreationDateTime"].isoformat()
        for name in (f"market-data-{ENV}", f"audit-trail-{ENV}")
    }


ACCOUNT = client("sts").get_caller_identity()["Account"]
READ = {
    "stack": or_error(stack),
    "market-data table": or_error(table, f"market-data-{ENV}"),
    "audit-trail table": or_error(table, f"audit-trail-{ENV}"),
    "dead-letter queue": or_error(queue),
    "bus": or_error(bus),
    "archive": or_error(archive),
    "trade rule": or_error(rule, f"trade-events-rule-{ENV}"),
    "quote rule": or_error(rule, f"quote-events-rule-{ENV}"),
    "function": or_error(function, "$LATEST"),
    "function's concurrency": or_error(concurrency),
    "function's tags": or_error(function_tags),
    "alias": or_error(alias),
    "invoke config": or_error(invoke_config),
    "role": or_error(role),
    "reader policy": or_error(reader_policy, ACCOUNT),
    "log group": or_error(log_group),
    "topic": or_error(topic, ACCOUNT),
    "alarms": or_error(alarms),
    "dashboard": or_error(dashboard),
    "artifact bucket": or_error(bucket, ACCOUNT),
    "artifact bucket's lifecycle": or_error(lifecycle, ACCOUNT),
    "born": or_error(born),
}
TEXT = json.dumps(READ, indent=2, sort_keys=True)
# Account and queue's URL are what each endpoint calls its own.
TEXT = re.sub(rf'"https?://[^"]*/{ACCOUNT}/market-processor-dlq-{ENV}"', '"${queueUrl}"', TEXT)
print(TEXT.replace(f":{ACCOUNT}:", ":${account}:").replace(f"-{ACCOUNT}-", "-${account}-"))
