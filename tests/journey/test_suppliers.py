"""A supplier's own files on the deployed stack: sent, looked at, checked beforehand, and taken out of reach.

The tests of this module are one story, told in their order, in a service that no other story uses.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cqrs.deployed import DeployedStack, Person, waited
from cqrs.local import LocalAws
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from schemas.catalogue import service_document
from schemas.file import Acknowledgement, Verdict
from schemas.grant import Role

SERVICE = "QOF1718"
DOCUMENT = service_document(SERVICE)
DATE = date(2018, 3, 31)
PRACTICE = "A81001"
NUMBER = "9434765919"  # an NHS number by its check digit, given to nobody
HEADER = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
Send = Callable[[str, bytes], Acknowledgement]


@pytest.fixture(scope="module")
def send(stack: DeployedStack, folder: Path) -> Send:
    def sent(key: str, content: bytes) -> Acknowledgement:
        path = folder / "supplier-file"
        path.write_bytes(content)
        return stack.acknowledged(key=key, since=stack.upload(file=path, key=key))

    counted = DOCUMENT.parameters.practice_list.value
    sent("organisations/suppliers.csv", f"{HEADER}\n{PRACTICE},Practice,8000,{counted:%Y%m%d},,16C,QHM,Y63\n".encode())
    return sent


@pytest.fixture(scope="module")
def clerks(stack: DeployedStack) -> dict[str, Person]:
    found = {folder: stack.invite(name=f"{folder}.clerk") for folder in ("tpp", "emis")}
    for folder, person in found.items():
        stack.grant(person=person, role=Role.SUPPLIER, organisation=folder)
    return found


def rows(*, number_in: int | None = None) -> bytes:
    """Every row of one practice; the middle one with an NHS number in a column."""
    lines = [list(COLUMNS)]
    for slot in service_grid(document=DOCUMENT).slots:
        count = "1" if slot.flag else "100" if slot.field == "Denominator" else "50"
        place = (SERVICE, DOCUMENT.name, PRACTICE, f"{DATE:%Y%m%d}", slot.indicator, slot.field, count)
        lines.append([*place, "None", "AUTOMATED", "03/04/2018", "11:19:50", "Y"])
    if number_in is not None:
        lines[len(lines) // 2][number_in] = NUMBER
    return "\n".join([*(",".join(line) for line in lines), ""]).encode()


def key(name: str, *, supplier: str = "tpp") -> str:
    return f"extracts/{supplier}/{SERVICE}/TEST/{name}"


def test_a_supplier_checks_a_file_before_it_sends_it(stack: DeployedStack, send: Send, clerks: Any) -> None:
    del send  # the practice is known by now
    for body in (rows(), gzip.compress(rows())):
        path = f"/files/check?service={SERVICE}&run_kind=TEST"
        answer = stack.call(method="POST", path=path, person=clerks["tpp"], body=body)
        assert (answer.status, answer.body["verdict"], answer.body["practices_complete"]) == (200, "accepted", 1)


def test_what_was_checked_was_not_sent(stack: DeployedStack, clerks: Any) -> None:
    answer = stack.call(method="GET", path="/files", person=clerks["tpp"])
    assert answer.status == 200
    assert not [one for one in answer.body["files"] if one["service"] == SERVICE]


def test_a_supplier_finds_its_file_by_its_name_and_over_the_api(stack: DeployedStack, send: Send, clerks: Any) -> None:
    sent = send(key("april.csv"), rows().replace(b",100,", b",-1,", 1))
    (listed, *_) = stack.call(method="GET", path="/files", person=clerks["tpp"]).body["files"]
    assert (listed["id"], listed["key"]) == (sent.id, key("april.csv"))
    told = stack.call(method="GET", path=f"/files/{sent.id}", person=clerks["tpp"])
    assert (told.status, told.body["sha256"]) == (200, sent.sha256)
    problems = stack.call(method="GET", path=f"/files/{sent.id}/problems?code=ROW-NUMBER", person=clerks["tpp"]).body
    assert [(one["organisation"], one["value"]) for one in problems["problems"]] == [(PRACTICE, "-1")]


def test_for_another_supplier_it_is_not_there_and_for_nobody_s_supplier_neither(
    stack: DeployedStack, send: Send, clerks: Any
) -> None:
    sent = send(key("april.csv"), rows().replace(b",100,", b",-1,", 1))
    for path in (f"/files/{sent.id}", f"/files/{sent.id}/problems"):
        assert stack.call(method="GET", path=path, person=clerks["emis"]).status == 404
        assert stack.call(method="GET", path=path, person=stack.invite(name=path.replace("/", "."))).status == 403
        assert stack.call(method="GET", path=path, person=None).status == 401
    assert stack.call(method="GET", path="/files?supplier=tpp", person=clerks["emis"]).status == 403


def test_the_same_file_under_another_name_is_said_to_be_a_duplicate(send: Send) -> None:
    first = send(key("first.csv"), rows())
    again = send(key("again.csv"), rows())
    assert (again.id, again.duplicate_of) == (first.id, key("first.csv"))
    assert again.problems == {**first.problems, "FILE-DUPLICATE": 1}


def test_the_practice_and_its_supplier_see_every_version_and_which_one_counts(
    stack: DeployedStack, send: Send, clerks: Any
) -> None:
    earlier = send(key("again.csv"), rows())
    later = send(key("later.csv"), rows().replace(b"11:19:50", b"14:16:53"))
    viewer = stack.invite(name="viewer.a81001")
    stack.grant(person=viewer, role=Role.VIEW, organisation=PRACTICE)
    path = f"/submissions/{SERVICE}/{PRACTICE}/{DATE}"
    for person, seen in (
        (viewer, [later.id, earlier.id]),
        (clerks["tpp"], [later.id, earlier.id]),
        (clerks["emis"], []),
    ):
        told = stack.call(method="GET", path=f"{path}?run_kind=TEST", person=person)
        assert (told.status, [one["file"] for one in told.body["submissions"]]) == (200, seen)
    told = stack.call(method="GET", path=f"{path}/{earlier.id}?run_kind=TEST", person=viewer)
    assert {(one["submitted"], one["standing"]) for one in told.body["values"]} == {("2018-04-03T11:19:50", "replaced")}


PLANTED = [
    ("a-count.csv", rows(number_in=COLUMNS.index("VALUE"))),
    ("a-name.csv.gz", gzip.compress(rows(number_in=COLUMNS.index("NAME")))),
    ("a-user.csv", rows(number_in=COLUMNS.index("SUBMIT_USER_ID"))),
    ("another-layout.csv", b"NHS_NUMBER\n" + NUMBER.encode() + b"\n"),
    ("cut.csv.gz", gzip.compress(rows(number_in=COLUMNS.index("VALUE")))[:-9]),
    (f"of-{NUMBER}.csv", rows()),
]


@pytest.mark.parametrize(("name", "content"), PLANTED, ids=[name.replace(NUMBER, "a-number") for name, _ in PLANTED])
def test_an_nhs_number_takes_a_file_into_the_quarantine(
    stack: DeployedStack, send: Send, clerks: Any, name: str, content: bytes
) -> None:
    sent = send(key(name), content)
    assert (sent.verdict, list(sent.problems)) == (Verdict.QUARANTINED, ["FILE-PERSONAL"])
    assert stack.object(bucket="QuarantineBucket", key=f"quarantined/{sent.id}") == content
    told = stack.call(method="GET", path=f"/files/{sent.id}", person=clerks["tpp"])
    assert (told.status, told.body["verdict"]) == (200, "quarantined")


def test_so_does_one_in_a_file_of_organisations(stack: DeployedStack, send: Send) -> None:
    content = f"{HEADER}\nA81009,{NUMBER},8000,20190101,,16C,QHM,Y63\n".encode()
    sent = send("organisations/people.csv", content)
    assert sent.verdict is Verdict.QUARANTINED
    assert stack.object(bucket="QuarantineBucket", key=f"quarantined/{sent.id}") == content


def test_the_number_is_in_no_other_bucket_in_no_table_and_in_no_log(stack: DeployedStack, local_aws: LocalAws) -> None:
    """Once every delivery has ended: the removal is its last step."""
    waited(lambda: True if not _traces(stack) else None, what="the removal of the last one", timeout=30)
    assert "withheld" in "".join(name for name, _ in _kept(stack)), "reports are looked through as well"
    assert NUMBER not in (local_aws.folder / "log.txt").read_text(encoding="utf-8", errors="replace")


def _traces(stack: DeployedStack) -> list[str]:
    return [name for name, content in _kept(stack) if NUMBER.encode() in name.encode() + content]


def _kept(stack: DeployedStack) -> Iterator[tuple[str, bytes]]:
    s3, dynamodb = stack.client("s3"), stack.client("dynamodb")
    for output in ("ExchangeBucket", "EvidenceBucket", "ReadingBucket"):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=stack.outputs[output]):
            yield from ((f"{output}/{one['Key']}", b"") for one in page.get("DeleteMarkers", ()))
            for one in page.get("Versions", ()):
                asked = {"Bucket": stack.outputs[output], "Key": one["Key"], "VersionId": one["VersionId"]}
                body = s3.get_object(**asked)["Body"].read()
                yield f"{output}/{one['Key']}/{one['VersionId']}", _unpacked(body)
    for output, table in stack.outputs.items():
        if output.endswith("Table"):
            for number, page in enumerate(dynamodb.get_paginator("scan").paginate(TableName=table)):
                yield f"{output}/{number}", json.dumps(page["Items"], default=str).encode()


def _unpacked(body: bytes) -> bytes:
    try:
        return gzip.decompress(body)
    except (OSError, EOFError):
        return body
