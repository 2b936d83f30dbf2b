"""Each workflow is started once for what it is started for, however often that is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import boto3
import pytest

from functions.adapters.declaration_workflow import DeclarationWorkflow
from functions.adapters.reading_workflow import ReadingWorkflow
from functions.adapters.run_workflow import CalculationWorkflow
from functions.domain.decide.hold import putting_on
from functions.domain.decide.lifecycle import opening
from functions.ports.continuing import Continuing
from functions.ports.run_workflow import RunWorkflow
from functions.ports.workflow import Workflow
from schemas.collection import CollectionKey
from schemas.continuation import Continuation
from schemas.declaration import Declaration, DeclarationKey, Outcome
from schemas.service import RunKind
from tests.contract.conftest import REGION
from tests.fakes.workflows import MemoryContinuing, MemoryRunWorkflow, MemoryWorkflow

NOON = datetime(2024, 4, 2, 12, tzinfo=UTC)
COLLECTION = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)
UPLOAD = Continuation(key="extracts/tpp/april.csv", version="v1", received_at=NOON, sequencer="0A", part=1)
HOLD = putting_on(run="0f", collection=COLLECTION, causes=("tpp is short.",), at=NOON).hold
PASS = '{"StartAt": "Pass", "States": {"Pass": {"Type": "Pass", "End": true}}}'


@dataclass(frozen=True)
class Place:
    """The three workflows, and how many executions were started of all."""

    reading: Continuing
    declarations: Workflow
    runs: RunWorkflow
    started: Callable[[], int]


@pytest.fixture
def place(where: str, request: pytest.FixtureRequest) -> Place:
    if where == "in memory":
        reading, declarations, runs = MemoryContinuing(), MemoryWorkflow(), MemoryRunWorkflow()
        started: tuple[Any, ...] = (reading.started, declarations.started, runs.started)
        return Place(reading, declarations, runs, lambda: sum(map(len, started)))
    request.getfixturevalue("aws")
    client: Any = boto3.client("stepfunctions", region_name=REGION)
    role = "arn:aws:iam::123456789012:role/machine"
    machine = client.create_state_machine(name="machine", definition=PASS, roleArn=role)["stateMachineArn"]
    return Place(
        ReadingWorkflow(client=client, machine=machine),
        DeclarationWorkflow(client=client, machine=machine),
        CalculationWorkflow(client=client, machine=machine),
        lambda: len(client.list_executions(stateMachineArn=machine)["executions"]),
    )


def declaration() -> Declaration:
    key = DeclarationKey(service="QOF2324", organisation="A81001", achievement_date=date(2024, 3, 31))
    outcome = Outcome(run="0f", frozen_at=NOON, points=1, available=1, payment=1)
    return opening(key=key, commissioner="16C", outcome=outcome, at=NOON).declaration


def test_an_upload_that_is_delivered_twice_is_read_on_once(place: Place) -> None:
    for part in (1, 1, 2):  # wherever each delivery stopped
        place.reading.start(continuation=UPLOAD.model_copy(update={"part": part}))
    assert place.started() == 1


@pytest.mark.parametrize("other", [{"key": "extracts/tpp/may.csv"}, {"version": "v2"}])
def test_another_upload_is_read_on_by_itself(place: Place, other: dict[str, str]) -> None:
    for upload in (UPLOAD, UPLOAD.model_copy(update=other)):
        place.reading.start(continuation=upload)
    assert place.started() == 2


def test_the_same_attempt_at_a_declaration_is_made_once_and_another_by_itself(place: Place) -> None:
    for attempt in ("opened", "opened", "resumed"):
        place.declarations.start(declaration=declaration(), attempt=attempt)
    assert place.started() == 2


def test_the_same_attempt_at_a_held_run_is_made_once_and_another_by_itself(place: Place) -> None:
    for attempt in ("resumed-1", "resumed-1", "resumed-2"):
        place.runs.start(hold=HOLD, attempt=attempt)
    assert place.started() == 2
