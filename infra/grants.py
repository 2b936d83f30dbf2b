"""Giving statements to a role or policy: an exact one as it is, one with a wildcard only with its recorded reason."""

import json
from collections import defaultdict
from collections.abc import Sequence

from aws_cdk import Acknowledgment, Stack, Validations
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.reasons import reason_for


def make_role(scope: Construct, name: str, *, service: str, statements: Sequence[iam.PolicyStatement]) -> iam.IRole:
    """A role for an AWS service with exactly these statements: what CDK would add later is dropped.

    Raises LookupError for a wildcard without a reason.
    """
    role = iam.Role(scope, name, assumed_by=iam.ServicePrincipal(service))
    for statement in statements:
        role.add_to_policy(statement)
    give_reasons(role, statements)
    return role.without_policy_updates()


def give_reasons(holder: Construct, statements: Sequence[iam.PolicyStatement]) -> None:
    """Acknowledge each wildcard resource of the statements with its reason. Raises LookupError where there is none."""
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    for statement in statements:
        for resource in (shown(Stack.of(holder).resolve(each)) for each in statement.resources):
            if "*" in resource:
                reasons[resource].update(dict.fromkeys(reason_for(action, resource) for action in statement.actions))
    Validations.of(holder).acknowledge(
        *(
            Acknowledgment(id=f"AwsSolutions-IAM5[Resource::{resource}]", reason=" ".join(because))
            for resource, because in reasons.items()
        )
    )


def shown(value: object) -> str:
    """A resource as cdk-nag writes it: `<Bucket.Arn>/extracts/*`."""
    match value:
        case str():
            return value
        case {"Ref": str(name)}:
            return f"<{name}>"
        case {"Fn::GetAtt": [name, attribute]}:
            return f"<{name}.{attribute}>"
        case {"Fn::Join": ["", list(parts)]}:
            return "".join(shown(part) for part in parts)
        case _:
            return json.dumps(value, separators=(",", ":"))
