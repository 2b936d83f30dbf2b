"""The whole way on the deployed stack, with no mock in it: upload, report, calculation, three decisions, payment.

The tests of this module are one story, told in their order.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cqrs.deployed import Answer, DeployedStack, Person
from cqrs.journey import Deciders, declare_and_approve, granted, invite_deciders, send_files
from cqrs.local import LocalAws
from cqrs.nation import nation
from cqrs.sample import write_sample
from functions.adapters.s3_objects import S3Objects
from functions.code_version import code_version
from functions.explain.reading import RunEvidence
from functions.explain.replaying import replay_run
from schemas.catalogue import service_codes, service_document
from schemas.collection import CollectionKey
from schemas.file import FileRecord, Verdict
from schemas.grant import Role
from schemas.service import RunKind

YEAR_END = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)
PRACTICES, SEED = 12, 7


@dataclass(frozen=True)
class Story:
    """What has happened so far."""

    stack: DeployedStack
    records: tuple[FileRecord, ...]
    execution: Mapping[str, Any]
    practice: Mapping[str, str]
    people: Deciders

    @property
    def path(self) -> str:
        return f"QOF2324/{self.practice['ORG_CODE']}/2024-03-31"

    def get(self, path: str, person: Person | None) -> Answer:
        return self.stack.call(method="GET", path=path, person=person)

    def decide(self, step: str, person: Person, **body: object) -> Answer:
        return self.stack.call(method="POST", path=f"/declarations/{self.path}/{step}", person=person, body=body)


@pytest.fixture(scope="module")
def story(stack: DeployedStack, folder: Path) -> Story:
    made = nation(document=service_document("QOF2324"), practices=PRACTICES, seed=SEED, particular=())
    write_sample(made=made, suppliers=["emis", "tpp"], out=folder, gzip=True)
    organisations = folder / "organisations.csv"
    extracts = {name: folder / f"extract-{name}.csv.gz" for name in ("emis", "tpp")}
    records = send_files(
        stack=stack,
        organisations=organisations,
        participants=folder / "participants.csv",
        extracts=extracts,
        collection=YEAR_END,
    )
    execution = stack.calculated(execution=stack.start_calculation(collection=YEAR_END))
    with organisations.open(encoding="utf-8", newline="") as file:
        practice = max(csv.DictReader(file), key=lambda row: (int(row["LIST_SIZE"]) < 20_000, int(row["LIST_SIZE"])))
    people = invite_deciders(stack=stack, practice=practice["ORG_CODE"], commissioner=practice["SUB_ICB_ODS_CODE"])
    return Story(stack=stack, records=records, execution=execution, practice=practice, people=people)


def test_every_file_is_acknowledged_beside_where_it_was_put(story: Story) -> None:
    assert [record.verdict for record in story.records] == [Verdict.ACCEPTED] * 4
    extracts = [record for record in story.records if record.supplier]
    assert [record.problems for record in extracts] == [{"WARNING-LATE": 1}] * len(extracts)  # the year is long over
    assert sum(record.practices_complete for record in story.records[2:]) == PRACTICES


def test_every_practice_is_calculated_and_the_run_published(story: Story) -> None:
    assert story.execution["run"]["practices"] == PRACTICES
    assert story.execution["publication"] == {"published": True, "declarations": "to open"}


def test_nobody_gets_in_without_a_token(story: Story) -> None:
    assert story.get("/services", None).status == 401
    forged = Person(name="nobody", subject=story.people.declarer.subject, token=f"{story.people.declarer.token}x")
    assert story.get("/services", forged).status == 401


def test_somebody_without_a_grant_sees_the_services_and_no_organisation(story: Story) -> None:
    stranger = story.stack.invite(name="stranger")
    assert [service["code"] for service in story.get("/services", stranger).body] == list(service_codes())
    for path in (f"/achievements/{story.path}", f"/declarations/{story.path}"):
        assert story.get(path, stranger).status == 403
    assert story.get("/declarations", stranger).body == []


def test_a_service_is_told_with_its_sources(story: Story) -> None:
    document = granted(story.get("/services/QOF2324", story.people.declarer))
    assert len(document["sources"]) > 10
    assert document["parameters"]["value_of_point"]["value"] == "213.43"


def test_what_does_not_exist_is_not_found_and_what_is_malformed_is_explained(story: Story) -> None:
    assert story.get("/services/QOF9999", story.people.declarer).status == 404
    assert story.get("/achievements/QOF2324/ZZ9/2024-03-31", story.people.declarer).status == 404
    assert story.get("/achievements/QOF2324/ZZ9/yesterday", story.people.declarer).status == 422
    assert story.decide("declare", story.people.declarer).status == 422


def test_an_organisation_is_told_to_those_who_may_see_it(story: Story) -> None:
    found = granted(story.get(f"/organisations/{story.practice['ORG_CODE']}", story.people.approver))
    assert found["list_size"] == int(story.practice["LIST_SIZE"])


def test_the_lines_of_the_working_add_up_to_the_payment(story: Story) -> None:
    working = granted(story.get(f"/achievements/{story.path}/working", story.people.declarer))
    lines = working["lines"]
    assert [line["indicator"] for line in lines][-1] == "rounding"
    assert sum(Decimal(line["amount"]) for line in lines) == Decimal(working["payment"])
    points = sum(Decimal(line["points"]) for line in lines[:-1])
    assert points == Decimal(working["points"])
    assert all(line["reason"] for line in lines)
    page = story.get(f"/achievements/{story.path}/working?format=text", story.people.declarer)
    pounds = f"£{Decimal(working['payment']):,}"
    assert (page.status, page.media_type, page.body.splitlines()[3].split()[1]) == (200, "text/plain", pounds)
    rows = story.get(f"/achievements/{story.path}/working?format=csv", story.people.declarer)
    assert (rows.media_type, rows.body.splitlines()[1]) == (
        "text/csv",
        f"summary,,payment,{working['payment']},pounds,,,,,,",
    )


def test_the_difference_between_a_run_and_itself_is_nothing(story: Story) -> None:
    run = story.execution["run"]["id"]
    told = granted(story.get(f"/achievements/{story.path}/difference?from={run}", story.people.declarer))
    assert {part["pounds"] for part in told["parts"]} == {told["difference"]} == {"0.00"}


def test_the_run_is_replayed_from_the_evidence_that_the_functions_kept(story: Story) -> None:
    evidence = S3Objects(client=story.stack.client("s3"), bucket=story.stack.outputs["EvidenceBucket"])
    replayed = replay_run(held=RunEvidence(id=story.execution["run"]["id"], evidence=evidence), code=code_version())
    assert replayed.reproduced, replayed.sentences
    assert replayed.sentences[0].startswith(f"reproduced: {PRACTICES} practices, £")


def test_the_declaration_awaits_the_practice_and_nobody_else(story: Story) -> None:
    awaited = story.get("/declarations", story.people.declarer).body
    assert [one["organisation"] for one in awaited] == [story.practice["ORG_CODE"]]
    assert story.get("/declarations", story.people.approver).body == []


def test_nobody_declares_approves_and_pays_alone(story: Story) -> None:
    alone = story.stack.invite(name="everything")
    for role, organisation in (
        (Role.DECLARATION_MANAGEMENT, story.practice["ORG_CODE"]),
        (Role.APPROVAL_MANAGEMENT, story.practice["SUB_ICB_ODS_CODE"]),
        (Role.FINANCE_MANAGEMENT, story.practice["SUB_ICB_ODS_CODE"]),
    ):
        story.stack.grant(person=alone, role=role, organisation=organisation)
    assert story.decide("declare", alone, version=1).status == 200
    refused = story.decide("approve", alone, version=2)
    assert (refused.status, refused.body["refused"]) == (403, "forbidden")


def test_a_query_without_a_reason_is_refused_and_with_one_goes_back(story: Story) -> None:
    assert story.decide("query", story.people.approver, version=2).status == 422
    answer = story.decide("query", story.people.approver, version=2, notes="Please check CHD015.")
    assert granted(answer)["state"] == "Awaiting Service Provider Approval"


def test_a_decision_on_an_older_version_is_refused(story: Story) -> None:
    assert story.decide("declare", story.people.declarer, version=1).status == 409


def test_declared_approved_and_approved_for_payment_it_ends_in_an_instruction_to_the_penny(story: Story) -> None:
    declaration = declare_and_approve(stack=story.stack, path=story.path, people=story.people)
    achievement = granted(story.get(f"/achievements/{story.path}", story.people.declarer))
    instruction = declaration["instruction"]
    assert instruction["id"] == f"PI-QOF2324-20240331-{story.practice['ORG_CODE']}"
    assert instruction["state"] == "approved for payment"
    assert instruction["payment"] == declaration["payment"] == achievement["payment"]
    assert [entry["event"] for entry in declaration["history"]] == [
        "opened", "declared", "queried", "declared", "approved", "finance approved",
    ]  # fmt: skip
    signed = (declaration["declared_by"], declaration["approved_by"], declaration["finance_approved_by"])
    assert len(set(signed)) == 3


def test_resume_finds_nothing_to_do_once_every_approved_declaration_is_instructed(story: Story) -> None:
    answer = story.stack.client("lambda").invoke(FunctionName=story.stack.outputs["ResumeFunction"], Payload=b"{}")
    assert "FunctionError" not in answer
    assert json.loads(answer["Payload"].read()) == {"resumed": 0}


def test_calculating_again_on_the_same_inputs_publishes_nothing_new(story: Story) -> None:
    again = story.stack.calculated(execution=story.stack.start_calculation(collection=YEAR_END))
    assert again["outcome"] == "already published"
    assert again["run"]["id"] == story.execution["run"]["id"]


def test_the_same_file_under_another_name_is_answered_and_changes_nothing(story: Story, folder: Path) -> None:
    key = "extracts/tpp/QOF2324/PAYMENT/again.csv.gz"
    moment = story.stack.upload(file=folder / "extract-tpp.csv.gz", key=key)
    answered = story.stack.acknowledged(key=key, since=moment)
    (first,) = (record for record in story.records if record.id == answered.id)
    assert (answered.duplicate_of, answered.problems) == (first.key, {**first.problems, "FILE-DUPLICATE": 1})
    again = story.stack.calculated(execution=story.stack.start_calculation(collection=YEAR_END))
    assert again["outcome"] == "already published"


def test_after_a_restart_that_lost_every_workflow_a_declaration_still_reaches_its_payment(
    story: Story, local_aws: LocalAws
) -> None:
    """The local AWS forgets running executions and their tokens; the truth is in the table, and starts them anew."""
    other = next(code for code in sorted(_organisations(story)) if code != story.practice["ORG_CODE"])
    local_aws.stop()
    local_aws.start()
    people = Deciders(*(story.stack.invite(name=f"{name}.two") for name in ("declarer", "approver", "payer")))
    commissioner = _organisations(story)[other]
    story.stack.grant(person=people.declarer, role=Role.DECLARATION_MANAGEMENT, organisation=other)
    story.stack.grant(person=people.approver, role=Role.APPROVAL_MANAGEMENT, organisation=commissioner)
    story.stack.grant(person=people.payer, role=Role.FINANCE_MANAGEMENT, organisation=commissioner)
    declaration = declare_and_approve(stack=story.stack, path=f"QOF2324/{other}/2024-03-31", people=people)
    assert declaration["instruction"]["state"] == "approved for payment"


def _organisations(story: Story) -> dict[str, str]:
    key = f"runs/{story.execution['run']['id']}/batches.jsonl"
    body = story.stack.object(bucket="EvidenceBucket", key=key)
    batch = json.loads(body.splitlines()[0])
    inputs = story.stack.object(bucket="EvidenceBucket", key=f"inputs/{batch['inputs']}.jsonl")
    lines = [json.loads(line) for line in inputs.splitlines()]
    return {line["organisation"]: line["commissioner"] for line in lines}
