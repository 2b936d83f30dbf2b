"""A file that takes longer to read than a function may run, on the deployed stack: read on till it is settled, once."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from cqrs.deployed import DeployedStack
from cqrs.local import LocalAws
from cqrs.local_stack import deploy_locally
from cqrs.nation import nation
from cqrs.national_run import SAMPLE
from cqrs.sample import write_sample
from functions.adapters.dynamodb import Table
from functions.adapters.submission_table import SubmissionTable
from schemas.catalogue import service_document
from schemas.file import Verdict
from tests.journey.conftest import QUICK

PRACTICES = 60  # 4 MB of rows: at least as many parts, where each is as short as can be
SUPPLIER = "tpp"


@pytest.fixture
def hasty_stack(local_aws: LocalAws) -> DeployedStack:
    """The stack with no time to read: a part ends with the megabyte that it is at."""
    return deploy_locally(aws=local_aws, parameters={**QUICK, "ReadingSeconds": "0"})


def test_a_file_is_read_on_part_by_part_and_settled_once(hasty_stack: DeployedStack, tmp_path: Path) -> None:
    made = nation(document=service_document(SAMPLE.service), practices=PRACTICES, seed=60)
    organisations, participants, extract = write_sample(made=made, suppliers=[SUPPLIER], out=tmp_path, gzip=True)
    for folder, file in (("organisations", organisations), ("participation", participants)):
        key = f"{folder}/continued-{file.name}"
        hasty_stack.acknowledged(key=key, since=hasty_stack.upload(file=file, key=key))
    key = f"extracts/{SUPPLIER}/{SAMPLE.service}/{SAMPLE.run_kind}/continued.csv.gz"
    told = hasty_stack.acknowledged(key=key, since=hasty_stack.upload(file=extract, key=key))
    assert (told.verdict, told.practices_complete) == (Verdict.ACCEPTED, PRACTICES)
    assert told.sha256 == sha256(extract.read_bytes()).hexdigest()
    (entered,) = _steps(hasty_stack)
    assert entered["Read on"] > 2
    assert entered["Settled"] == 1
    table = Table(client=hasty_stack.client("dynamodb"), name=hasty_stack.outputs["SubmissionsTable"])
    stored = SubmissionTable(table=table).submissions(collection=SAMPLE)
    assert sorted(one.organisation for one in stored if one.file == told.id) == [one.code for one in made.practices]


def _steps(stack: DeployedStack) -> list[Counter[str]]:
    """How often each state was entered, in each execution of the machine that reads on."""
    client, machine = stack.client("stepfunctions"), stack.outputs["ReadingMachineArn"]
    found = []
    for execution in client.list_executions(stateMachineArn=machine)["executions"]:
        events = client.get_execution_history(executionArn=execution["executionArn"])["events"]
        details = (event.get("stateEnteredEventDetails") for event in events)
        found.append(Counter(str(one["name"]) for one in details if one))
    return found
