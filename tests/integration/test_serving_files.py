"""What suppliers ask the HTTP API: their own files, what is wrong with each, and whether a file would be taken."""

import base64
import gzip
import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest

from functions.check import trying
from functions.domain.check.place import report_folder
from functions.ingest.taking import take_in
from functions.serve.handler import app
from schemas.file import FileRecord
from schemas.grant import Grant, Role
from tests.integration.worlds import KEY, World, extract, practice_rows

CONTEXT: Any = SimpleNamespace(function_name="serve", aws_request_id="1")
NUMBER = "9434765919"
CHECK: Any = {"service": "QOF2324", "run_kind": "TEST"}


@pytest.fixture
def world() -> World:
    world = World()
    world.know("A81001", "A81002")
    world.offer("A81001", "A81002")
    for person, folder in (("tpp clerk", "tpp"), ("emis clerk", "emis"), ("broker", "tpp"), ("broker", "emis")):
        world.grants.give(grant=Grant(person=person, organisation=folder, role=Role.SUPPLIER))
    world.grants.give(grant=Grant(person="declarer", organisation="A81001", role=Role.DECLARATION_MANAGEMENT))
    return world


def send(world: World, content: bytes, *, name: str = "april", supplier: str = "tpp") -> FileRecord:
    key = KEY.replace("april", name).replace("tpp", supplier)
    upload = world.send(content, key=key)
    return take_in(upload=type(upload)(key=key, version=None, received_at=world.clock()), world=world.ingestion)


def ask(
    world: World, path: str, person: str = "tpp clerk", *, body: str | None = None, packed: bool = False, **query: str
) -> tuple[int, Any]:
    """The status and the answer to one request; one with a body is a post."""
    method = "GET" if body is None else "POST"
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": urlencode(query),
        "queryStringParameters": query,
        "headers": {"content-type": "text/csv"},
        "body": body,
        "requestContext": {
            "http": {"method": method, "path": path},
            "stage": "$default",
            "authorizer": {"jwt": {"claims": {"sub": person}, "scopes": None}},
        },
        "isBase64Encoded": packed,
    }
    app.append_context(world=world.declaring, checking=world.checking)  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
    answer = app.resolve(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def spoilt(count: int) -> bytes:
    """A practice with so many bad rows, and one that is right."""
    left = iter(range(count))

    def spoil(row: list[str]) -> list[str]:
        return [*row[:6], "-1", *row[7:]] if row[2] == "A81001" and next(left, None) is not None else row

    return extract(practice_rows("A81001"), practice_rows("A81002"), change=spoil)


def test_a_supplier_sees_its_own_files_the_last_one_first_a_page_at_a_time(world: World) -> None:
    sent = [send(world, extract(practice_rows("A81001", value=value)), name=f"file{value}") for value in (1, 2, 3)]
    send(world, extract(practice_rows("A81001", value=4)), supplier="emis")
    status, first = ask(world, "/files", limit="2")
    assert (status, first["supplier"], [one["id"] for one in first["files"]]) == (200, "tpp", [sent[2].id, sent[1].id])
    assert (first["files"][0]["name"], first["files"][0]["verdict"]) == ("file3.csv", "accepted")
    _, rest = ask(world, "/files", limit="2", before=first["next"])
    assert ([one["id"] for one in rest["files"]], rest["next"]) == ([sent[0].id], None)


def test_a_file_put_in_the_wrong_place_of_its_folder_is_seen_by_its_sender_alone(world: World) -> None:
    key = "extracts/tpp/april.csv"
    upload = world.send(extract(practice_rows("A81001")), key=key)
    record = take_in(upload=upload, world=world.ingestion)
    (listed,) = ask(world, "/files")[1]["files"]
    assert (listed["id"], listed["key"], listed["verdict"]) == (record.id, key, "refused")
    assert [one["code"] for one in ask(world, f"/files/{record.id}/problems")[1]["problems"]] == ["FILE-KEY"]
    assert ask(world, f"/files/{record.id}", "emis clerk")[0] == 404


def test_the_same_file_sent_again_is_listed_once(world: World) -> None:
    content = extract(practice_rows("A81001"))
    send(world, content)
    send(world, content, name="again")
    assert [one["name"] for one in ask(world, "/files")[1]["files"]] == ["april.csv"]


def test_a_file_is_told_with_its_totals_and_where_its_two_reports_lie(world: World) -> None:
    record = send(world, spoilt(3))
    status, told = ask(world, f"/files/{record.id}")
    assert (status, told["verdict"], told["refused_practices"]) == (200, "partly accepted", ["A81001"])
    assert (told["problems_total"], told["listing_cut"]) == (sum(record.problems.values()), False)
    assert {told["report"], told["problems_file"]} <= world.exchange.held.keys()


@pytest.mark.parametrize("path", ["/files/{0}", "/files/{0}/problems"])
def test_another_supplier_s_file_is_not_there_and_whoever_is_no_supplier_is_refused(path: str, world: World) -> None:
    record = send(world, spoilt(1))
    for person, status in (
        ("tpp clerk", 200),
        ("broker", 200),
        ("emis clerk", 404),
        ("declarer", 403),
        ("no one", 403),
    ):
        assert ask(world, path.format(record.id), person)[0] == status, person
    assert ask(world, path.format("0" * 32))[0] == 404
    assert ask(world, path.format("nonsense"))[0] == 422


def test_whoever_acts_for_several_suppliers_says_for_which(world: World) -> None:
    status, told = ask(world, "/files", "broker")
    assert (status, told["reason"]) == (422, "You act for several suppliers; say for which: emis, tpp.")
    assert ask(world, "/files", "broker", supplier="emis")[0] == 200
    assert ask(world, "/files", "tpp clerk", supplier="emis")[0] == 403
    assert ask(world, "/files", "declarer")[0] == 403


def test_a_page_cannot_begin_at_another_supplier_s_file(world: World) -> None:
    theirs = send(world, extract(practice_rows("A81001")), supplier="emis")
    assert ask(world, "/files", before=theirs.id)[0] == 404


def test_all_problems_are_told_in_pages_that_go_on_where_the_last_one_ended(world: World) -> None:
    record = send(world, spoilt(25))
    listed = world.exchange.held[f"reports/{KEY}/{record.id}/problems.csv"].decode().splitlines()[1:]
    assert len(listed) == sum(record.problems.values()) == 25
    after, lines = 0, list[int]()
    while True:
        _, page = ask(world, f"/files/{record.id}/problems", limit="10", after=str(after))
        lines += [problem["line"] for problem in page["problems"]]
        assert (page["total"], page["listing_cut"]) == (len(listed), False)
        if page["next"] is None:
            break
        after = page["next"]
    assert lines == [int(line.split(",")[1]) for line in listed]


def test_problems_of_one_code_or_one_practice_are_told_alone(world: World) -> None:
    rows = [row for row in practice_rows("A81002") if row[4] != "AF006"]
    content = spoilt(2) + b"".join((",".join(row) + "\n").encode() for row in rows).replace(b"A81002", b"Z99999")
    record = send(world, content)
    path = f"/files/{record.id}/problems"
    assert {one["code"] for one in ask(world, path, code="ROW-NUMBER")[1]["problems"]} == {"ROW-NUMBER"}
    assert {one["organisation"] for one in ask(world, path, practice="Z99999")[1]["problems"]} == {"Z99999"}
    assert ask(world, path, code="ROW-NUMBER", practice="Z99999")[1]["problems"] == []
    assert ask(world, path, code="NO-CODE")[0] == 422


@pytest.mark.parametrize("after", [1, 95, 10**9])
def test_a_mark_that_is_none_is_no_error_of_ours(after: int, world: World) -> None:
    record = send(world, spoilt(2))
    assert ask(world, f"/files/{record.id}/problems", after=str(after))[0] in {200, 422}


def test_a_quarantined_file_is_told_of_without_anything_that_it_says(world: World) -> None:
    record = send(world, b"NHS_NUMBER\n" + NUMBER.encode(), name=NUMBER)
    for path in ("/files", f"/files/{record.id}", f"/files/{record.id}/problems"):
        status, told = ask(world, path)
        assert status == 200
        assert NUMBER not in json.dumps(told)
    assert ask(world, f"/files/{record.id}")[1]["verdict"] == "quarantined"
    (problem,) = ask(world, f"/files/{record.id}/problems")[1]["problems"]
    assert problem["help"] == "docs/errors/FILE-PERSONAL.md"
    assert (problem["code"], problem["value"]) == ("FILE-PERSONAL", "")


@pytest.mark.parametrize("way", ["plain", "gzip as the gateway sends it", "gzip in base64"])
def test_a_check_says_what_would_become_of_a_file_and_stores_nothing(way: str, world: World) -> None:
    content = spoilt(3)
    packed = base64.b64encode(gzip.compress(content)).decode()
    body = content.decode() if way == "plain" else packed
    status, told = ask(world, "/files/check", body=body, packed=way.startswith("gzip as"), **CHECK)
    assert (status, told["verdict"], told["refused_practices"]) == (200, "partly accepted", ["A81001"])
    assert len(told["listing"]) == told["problems_total"] == sum(told["problems"].values())
    assert told["listing"][0]["code"] == "ROW-NUMBER"
    assert [one["organisation"] for one in told["completeness"]] == ["A81002"]
    assert not (*world.exchange.held, *world.submissions.refused, *world.submissions.accepted)


def test_a_check_comes_to_what_sending_the_file_comes_to(world: World) -> None:
    content = spoilt(3)
    record = send(world, content)
    _, told = ask(world, "/files/check", body=content.decode(), service="QOF2324", run_kind="PAYMENT", name="april.csv")
    report = json.loads(world.exchange.held[f"reports/{KEY}/{record.id}/report.json"])
    apart = ("received_at", "listing")
    assert {name: value for name, value in told.items() if name not in apart} == {
        name: value for name, value in report.items() if name not in apart
    }


@pytest.mark.parametrize("name", ["april.csv", f"{NUMBER}.csv", "943.476.5919.csv"])
def test_a_check_of_what_may_identify_a_person_comes_to_what_sending_it_comes_to(world: World, name: str) -> None:
    content = extract(practice_rows("A81001"), practice_rows("A81002")).replace(b",0,None", b",Jane Smith,None", 1)
    _, told = ask(world, "/files/check", body=content.decode(), service="QOF2324", run_kind="PAYMENT", name=name)
    record = take_in(upload=world.send(content, key=KEY.replace("april.csv", name)), world=world.ingestion)
    folder = report_folder(key=KEY.replace("april.csv", name), file=record.id)
    report = json.loads(world.exchange.held[f"{folder}/report.json"])
    apart = ("received_at", "listing", "id")  # the id is that of the put
    assert {part: value for part, value in told.items() if part not in apart} == {
        part: value for part, value in report.items() if part not in apart
    }


def test_a_check_finds_what_may_identify_a_person_and_does_not_repeat_it(world: World) -> None:
    for body, name in (
        (f"NHS_NUMBER\n{NUMBER}\n", "a.csv"),
        (extract(practice_rows("A81001")).decode(), f"{NUMBER}.csv"),
    ):
        status, told = ask(world, "/files/check", body=body, name=name, **CHECK)
        assert (status, told["verdict"], told["problems"]) == (200, "quarantined", {"FILE-PERSONAL": 1})
        assert NUMBER not in json.dumps(told)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"service": "QOF1112", "run_kind": "TEST"}, 422),
        ({"service": "QOF2324", "run_kind": "PRACTICE"}, 422),
        ({**CHECK, "name": "a/b.csv"}, 422),
        ({**CHECK, "supplier": "emis"}, 403),
    ],
)
def test_a_check_as_what_one_may_not_send_is_refused(query: Any, status: int, world: World) -> None:
    assert ask(world, "/files/check", body="a", **query)[0] == status


def test_a_check_is_for_suppliers_alone(world: World) -> None:
    assert ask(world, "/files/check", "declarer", body="a", **CHECK)[0] == 403


def test_a_body_that_only_claims_to_be_base64_is_refused(world: World) -> None:
    assert ask(world, "/files/check", body="H4sIx", **CHECK)[0] == 422


def test_a_file_too_large_to_be_checked_in_time_is_not_begun(world: World) -> None:
    rows = extract(practice_rows("A81001"))[:1000]
    large = base64.b64encode(gzip.compress(rows * (trying.MOST_UNPACKED // len(rows) + 1))).decode()
    status, told = ask(world, "/files/check", body=large, **CHECK)
    assert (status, "put it into the bucket as a TEST file" in told["reason"]) == (422, True)


def test_a_listing_that_is_cut_says_so_and_counts_everything(world: World) -> None:
    rows = [row for code in ("A81001", "A81002") for row in practice_rows(code)] * 3
    content = extract(rows, change=lambda row: [*row[:6], "-1", *row[7:]])
    _, told = ask(world, "/files/check", body=content.decode(), **CHECK)
    assert len(told["listing"]) == told["listed"] == trying.LISTED < told["problems_total"]
    assert told["listing_cut"] is True
    assert told["problems_total"] == sum(told["problems"].values())
