"""A payment run that does not pass its gates, on the deployed stack: it waits, is read about, released, and paid on.

The tests of this module are one story, told in their order. One practice is counted twice: both report the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cqrs.deployed import Answer, DeployedStack, HeldRun, Person, waited
from cqrs.journey import granted
from cqrs.local import LocalAws
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.file import Verdict
from schemas.grant import Role
from schemas.organisation import NHS_ENGLAND
from schemas.service import RunKind

SERVICE = "QOF1819"
YEAR_END = CollectionKey(service=SERVICE, achievement_date=date(2019, 3, 31), run_kind=RunKind.PAYMENT)
HEADER = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
CODES = ("A81001", "A81002")  # both take part in the published nation too
PRACTICE = f"{SERVICE}/{CODES[0]}/2019-03-31"


@dataclass(frozen=True)
class Story:
    """A held run, and the people around it."""

    stack: DeployedStack
    run: str
    execution: str
    national: Person
    stranger: Person

    def get(self, path: str, person: Person) -> Answer:
        return self.stack.call(method="GET", path=path, person=person)

    def decide(self, what: str, person: Person, **body: object) -> Answer:
        return self.stack.call(method="POST", path=f"/holds/{self.run}/{what}", person=person, body=body)


@pytest.fixture(scope="module")
def send(stack: DeployedStack, folder: Path) -> Callable[[str, bytes], None]:
    def sent(key: str, content: bytes) -> None:
        path = folder / key.replace("/", "-")
        path.write_bytes(content)
        record = stack.acknowledged(key=key, since=stack.upload(file=path, key=key))
        assert record.verdict is Verdict.ACCEPTED

    return sent


@pytest.fixture(scope="module")
def story(stack: DeployedStack, send: Callable[[str, bytes], None]) -> Story:
    rows = [f"{code},Practice,8000,20190101,,16C,QHM,Y63" for code in CODES]
    send("organisations/gates.csv", "\n".join([HEADER, *rows, ""]).encode())
    send("extracts/tpp/QOF1819/PAYMENT/same.csv", twice(value=50, time="11:19:50"))
    national, stranger = stack.invite(name="national.team"), stack.invite(name="gates.stranger")
    stack.grant(person=national, role=Role.SERVICE_MANAGEMENT, organisation=NHS_ENGLAND)
    stack.grant(person=stranger, role=Role.SERVICE_MANAGEMENT, organisation=CODES[0])
    execution = stack.start_calculation(collection=YEAR_END)
    return Story(stack, held(stack, execution), execution, national, stranger)


def twice(*, value: int, time: str) -> bytes:
    """Every row of both practices, the same for each."""
    document = service_document(SERVICE)
    lines = [",".join(COLUMNS)]
    for code in CODES:
        for slot in service_grid(document=document).slots:
            count = 1 if slot.flag else 100 if slot.field == "Denominator" else value
            place = (SERVICE, document.name, code, "20190331", slot.indicator, slot.field, str(count))
            lines.append(",".join((*place, "None", "AUTOMATED", "02/04/2019", time, "Y")))
    return "\n".join([*lines, ""]).encode()


def held(stack: DeployedStack, execution: str) -> str:
    with pytest.raises(HeldRun) as found:
        stack.calculated(execution=execution)
    return found.value.run


def test_a_run_that_counts_one_practice_twice_is_held_and_nothing_of_it_is_published(story: Story) -> None:
    assert story.get(f"/achievements/{PRACTICE}", story.stranger).status == 404
    page = story.stack.object(bucket="EvidenceBucket", key=f"runs/{story.run}/gates.txt").decode()
    assert "HELD  same counts, tpp\n  A81001, A81002 (tpp) report the very same counts" in page


def test_it_awaits_the_national_team_who_read_why_over_the_api(story: Story) -> None:
    assert [hold["run"] for hold in story.get("/holds", story.national).body] == [story.run]
    found = granted(story.get(f"/holds/{story.run}", story.national))
    assert (found["state"], found["version"]) == ("held", 1)
    finding = next(one for one in found["findings"] if one["gate"] == "same counts")
    assert finding["verdict"] == "held"
    assert finding["effect"]["against"] == "the same run without them"


def test_nobody_else_sees_or_decides_it(story: Story) -> None:
    assert story.get("/holds", story.stranger).body == []
    assert story.get(f"/holds/{story.run}", story.stranger).status == 403
    assert story.decide("release", story.stranger, version=1, reason="Let it go.").status == 403


def test_it_takes_a_reason_and_the_present_version(story: Story) -> None:
    assert story.decide("release", story.national, version=1).status == 422
    assert story.decide("reject", story.national, version=2, reason="It is wrong.").status == 409
    assert story.get(f"/holds/{'0' * 32}", story.national).status == 404


def test_released_with_a_reason_the_execution_that_waited_goes_on_to_the_declarations(story: Story) -> None:
    found = granted(story.decide("release", story.national, version=1, reason="Twins, and both are right."))
    assert [(entry["actor"], entry["after"]) for entry in found["history"]] == [
        ("system", "held"),
        (story.national.subject, "released"),
    ]
    end = story.stack.calculated(execution=story.execution)
    assert end["publication"] == {"published": True, "declarations": "to open"}
    assert declaration(story)["run"] == story.run


def test_a_hold_survives_a_restart_and_the_release_goes_on_with_that_very_run(
    story: Story, send: Callable[[str, bytes], None], local_aws: LocalAws
) -> None:
    """The local AWS forgets running executions and their tokens; the hold is in the table."""
    send("extracts/tpp/QOF1819/PAYMENT/again.csv", twice(value=60, time="14:16:53"))
    run = held(story.stack, story.stack.start_calculation(collection=YEAR_END))
    assert run != story.run
    local_aws.stop()
    local_aws.start()
    national = story.stack.invite(name="national.team.two")
    story.stack.grant(person=national, role=Role.SERVICE_MANAGEMENT, organisation=NHS_ENGLAND)
    after = Story(story.stack, run, "", national, story.stranger)
    assert [hold["run"] for hold in after.get("/holds", national).body] == [run]
    granted(after.decide("release", national, version=1, reason="Read after the restart."))

    def published() -> Mapping[str, Any] | None:
        found = declaration(after)
        return found if found["run"] == run else None

    assert waited(published, what="the released run in the declaration")["version"] == 2


def declaration(story: Story) -> Mapping[str, Any]:
    """The declaration of the first practice, as its manager sees it."""
    manager = story.national  # who may be granted a second role, as anybody may
    story.stack.grant(person=manager, role=Role.DECLARATION_MANAGEMENT, organisation=CODES[0])
    return granted(story.get(f"/declarations/{PRACTICE}", manager))
