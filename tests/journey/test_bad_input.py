"""Bad input gets an answer with its code and line, the others go through, and nothing is lost."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cqrs.deployed import DeployedStack, waited
from cqrs.nation import nation
from schemas.catalogue import service_document
from schemas.file import FileRecord, Verdict
from tests.integration.worlds import extract, practice_rows
from tests.journey.test_journey import PRACTICES, SEED

HEADER = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
# Two of those who take part in the story of `test_journey`, so that nobody is missing from it.
MADE = nation(document=service_document("QOF2324"), practices=PRACTICES, seed=SEED, particular=())
KNOWN = tuple(practice.code for practice in MADE.practices[:2])


@pytest.fixture(scope="module")
def send(stack: DeployedStack, folder: Path) -> Callable[[str, bytes], FileRecord]:
    def sent(key: str, content: bytes) -> FileRecord:
        path = folder / key.replace("/", "-")
        path.write_bytes(content)
        return stack.acknowledged(key=key, since=stack.upload(file=path, key=key))

    rows = [f"{code},Practice,8000,20240101,,16C,QHM,Y63" for code in KNOWN]
    record = sent("organisations/bad-input.csv", "\n".join([HEADER, *rows, ""]).encode())
    assert record.verdict is Verdict.ACCEPTED
    return sent


def both(change: Callable[[list[str]], list[str]] = list) -> bytes:
    return extract(*(practice_rows(code) for code in KNOWN), change=change)


def spoiled(column: int, value: str, *, indicator: str = "AF006", field: str = "Numerator") -> bytes:
    """Two practices, one value of the first spoiled."""

    def spoil(row: list[str]) -> list[str]:
        mine = row[2] == KNOWN[0] and row[4] == indicator and row[5] == field
        return [*row[:column], value, *row[column + 1 :]] if mine else row

    return both(spoil)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("empty", b"", "empty.csv,1,,,,,FILE-EMPTY,file,"),
        ("header", both().replace(b"FIELD_NAME", b"FIELD", 1), "header.csv,1,,,,,FILE-HEADER,file,"),
        ("truncated", gzip.compress(both(), mtime=0)[:-40], ",,,,,FILE-TRUNCATED,file,"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    stack: DeployedStack, send: Callable[[str, bytes], FileRecord], name: str, content: bytes, line: str
) -> None:
    record = send(f"extracts/tpp/QOF2324/TEST/{name}.csv", content)
    assert record.verdict is Verdict.REFUSED
    assert line in stack.problems(record=record)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("minus", spoiled(6, "-1"), "minus.csv,4,{0},AF006,Numerator,-1,ROW-NUMBER,row,"),
        ("decimal", spoiled(6, "1.0"), "decimal.csv,4,{0},AF006,Numerator,1.0,ROW-NUMBER,row,"),
        ("above", spoiled(6, "101"), "above.csv,4,{0},AF006,Numerator,101,PRACTICE-NUMERATOR,practice,"),
        ("unknown", both().replace(KNOWN[0].encode(), b"B99999"), "unknown.csv,2,B99999,,,,PRACTICE-UNKNOWN,practice,"),
    ],
)
def test_a_practice_with_a_problem_is_refused_and_the_other_goes_through(
    stack: DeployedStack, send: Callable[[str, bytes], FileRecord], name: str, content: bytes, line: str
) -> None:
    record = send(f"extracts/tpp/QOF2324/TEST/{name}.csv", content)
    assert (record.verdict, record.practices) == (Verdict.PARTLY_ACCEPTED, 1)
    assert line.format(KNOWN[0]) in stack.problems(record=record)


def test_a_missing_indicator_is_named_with_the_practice_that_lacks_it(
    stack: DeployedStack, send: Callable[[str, bytes], FileRecord]
) -> None:
    content = extract((row for row in practice_rows(KNOWN[0]) if row[4] != "AF006"), practice_rows(KNOWN[1]))
    record = send("extracts/tpp/QOF2324/TEST/missing.csv", content)
    assert (record.practices, record.practices_complete) == (2, 1)
    assert f"missing.csv,2,{KNOWN[0]},AF006,,,WARNING-INCOMPLETE,warning," in stack.problems(record=record)


def test_bad_files_leave_the_dead_letter_queue_empty(stack: DeployedStack) -> None:
    assert dead_letters(stack) == []


def test_a_poisoned_message_ends_as_a_dead_letter_with_all_that_it_said(stack: DeployedStack) -> None:
    poison = json.dumps({"not": "what S3 says"})
    stack.client("sqs").send_message(QueueUrl=stack.outputs["UploadsQueueUrl"], MessageBody=poison)
    assert waited(lambda: dead_letters(stack) or None, what="the dead letter", timeout=90) == [poison]


def dead_letters(stack: DeployedStack) -> list[str]:
    """The bodies of the messages in the dead-letter queue, which they do not leave."""
    answer = stack.client("sqs").receive_message(
        QueueUrl=stack.outputs["DeadLettersQueueUrl"], MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    return [message["Body"] for message in answer.get("Messages", ())]
