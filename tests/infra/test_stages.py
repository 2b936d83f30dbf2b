"""What runs locally is what runs on AWS, but for a short list of differences; and others' checkers find nothing."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cfnlint.api import lint  # type: ignore[import-untyped]  # it has no stubs
from cfnlint.config import ManualArgs  # type: ignore[import-untyped]  # as above

from infra.app import synthesise
from infra.reasons import ACKNOWLEDGEMENTS
from infra.stage import AWS

Template = Mapping[str, Any]


def _resources(template: Template, kind: str) -> dict[str, Any]:
    return {name: found for name, found in template["Resources"].items() if found["Type"] == kind}


def _without_tls_statements(template: Template) -> dict[str, Any]:
    """The template without the statements that refuse plain text, and without a policy that held nothing else."""
    kept = copy.deepcopy(dict(template))
    for kind in ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"):
        for name, policy in _resources(kept, kind).items():
            document = policy["Properties"]["PolicyDocument"]
            document["Statement"] = [each for each in document["Statement"] if each["Effect"] != "Deny"]
            if not document["Statement"]:
                del kept["Resources"][name]
    for resource in kept["Resources"].values():
        present = [name for name in resource.get("DependsOn", ()) if name in kept["Resources"]]
        resource.pop("DependsOn", None)
        if present:
            resource["DependsOn"] = present
    return kept


def _without_layer(template: dict[str, Any]) -> None:
    for layer in _resources(template, "AWS::Lambda::LayerVersion").values():
        del layer["Properties"]["Content"]


def test_the_stages_differ_in_these_three_things_and_in_nothing_else(aws: Template, local: Template) -> None:
    there, here = _without_tls_statements(aws), _without_tls_statements(local)
    for template in (there, here):
        _without_layer(template)
    (pool_there,) = _resources(there, "AWS::Cognito::UserPool").values()
    (pool_here,) = _resources(here, "AWS::Cognito::UserPool").values()
    assert pool_there["Properties"].pop("MfaConfiguration") == "ON"
    assert pool_here["Properties"].pop("MfaConfiguration") == "OPTIONAL"
    assert there == here


def test_only_the_aws_stage_is_protected_from_termination(assemblies: Mapping[str, Path]) -> None:
    protected = {
        stage: json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["artifacts"]["Cqrs"]["properties"][
            "terminationProtection"
        ]
        for stage, folder in assemblies.items()
    }
    assert protected == {"aws": True, "local": False}


def test_both_stages_run_the_same_code(aws: Template, local: Template) -> None:
    keys = [
        {function["Properties"]["Code"]["S3Key"] for function in _resources(template, "AWS::Lambda::Function").values()}
        for template in (aws, local)
    ]
    assert keys[0] == keys[1]


def test_cdk_nag_finds_what_is_acknowledged_with_a_reason_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        synthesise(AWS, tmp_path, acknowledgements=())
    report = json.loads((tmp_path / "validation-report.json").read_text(encoding="utf-8"))
    found = {violation["ruleName"] for plugin in report["pluginReports"] for violation in plugin["violations"]}
    assert found == {line.rule for line in ACKNOWLEDGEMENTS}
    assert all(line.because for line in ACKNOWLEDGEMENTS)


def test_cfn_lint_finds_nothing(assemblies: Mapping[str, Path]) -> None:
    template = (assemblies["aws"] / "Cqrs.template.json").read_text(encoding="utf-8")
    settings = ManualArgs(
        regions=["eu-west-2"],
        ignore_checks=["W3005"],  # CDK states a dependency on a role that a reference states too
    )
    assert [str(found) for found in lint(template, config=settings)] == []
