"""Every function is made the same way, and what it names exists."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

Resources = Mapping[str, Mapping[str, Any]]
Find = Callable[[str], Resources]


def test_every_log_group_forgets_after_a_stated_time(properties: Find) -> None:
    for name, group in properties("AWS::Logs::LogGroup").items():
        assert group["RetentionInDays"] > 0, name


def test_every_function_writes_to_a_log_group_of_its_own(properties: Find) -> None:
    groups = [function["LoggingConfig"]["LogGroup"]["Ref"] for function in properties("AWS::Lambda::Function").values()]
    assert len(set(groups)) == len(groups)
    assert set(groups) <= set(properties("AWS::Logs::LogGroup"))


def test_every_function_runs_python_3_13_on_arm_and_is_traced(properties: Find) -> None:
    for name, function in properties("AWS::Lambda::Function").items():
        assert function["Runtime"] == "python3.13", name
        assert function["Architectures"] == ["arm64"], name
        assert function["TracingConfig"] == {"Mode": "Active"}, name


def test_every_function_is_made_of_the_same_code_and_layer(properties: Find) -> None:
    functions = properties("AWS::Lambda::Function").values()
    assert len({function["Code"]["S3Key"] for function in functions}) == 1
    (layer,) = properties("AWS::Lambda::LayerVersion")
    assert all(function["Layers"] == [{"Ref": layer}] for function in functions)


def test_every_handler_exists(properties: Find) -> None:
    missing = []
    for function in properties("AWS::Lambda::Function").values():
        module, _, name = function["Handler"].rpartition(".")
        try:
            found = callable(getattr(import_module(module), name))
        except (ImportError, AttributeError):
            found = False
        if not found:
            missing.append(function["Handler"])
    assert not missing


def test_every_function_is_told_the_service_and_namespace_of_its_metrics(properties: Find) -> None:
    for name, function in properties("AWS::Lambda::Function").items():
        variables = function["Environment"]["Variables"]
        assert variables["POWERTOOLS_METRICS_NAMESPACE"] == "CQRS", name
        assert variables["OPENBLAS_NUM_THREADS"] == "1", name
        assert variables["POWERTOOLS_SERVICE_NAME"] == function["Handler"].split(".")[1], name


def test_no_function_is_told_of_a_table_or_bucket_that_it_may_not_use(properties: Find) -> None:
    policies = properties("AWS::IAM::Policy")
    for function in properties("AWS::Lambda::Function").values():
        role = function["Role"]["Fn::GetAtt"][0]
        allowed = str([policy for policy in policies.values() if {"Ref": role} in policy["Roles"]])
        for variable, value in function["Environment"]["Variables"].items():
            if isinstance(value, dict) and "Ref" in value and not variable.endswith("_SECONDS"):
                assert value["Ref"] in allowed, (function["Handler"], variable)


def test_no_function_is_denied_its_time_by_the_api(properties: Find) -> None:
    (serve,) = (
        function
        for function in properties("AWS::Lambda::Function").values()
        if function["Handler"] == "functions.serve.handler.handle"
    )
    assert serve["Timeout"] < 29
