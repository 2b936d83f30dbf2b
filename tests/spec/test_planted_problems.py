"""What a report says is what was planted: every problem at its line, none missed, none invented."""

import csv
import io
from collections import Counter
from dataclasses import replace

import pytest

from functions.domain.check.place import report_folder
from functions.ingest.extracts import ingest_extract
from schemas.problem import Code, Severity
from schemas.problem_page import problem_pages
from tests.inputs.bad_files import BadFile, bad_file
from tests.inputs.drafts import Planted
from tests.integration.worlds import DOCUMENT, KEY, World

FILES = 200
ELSEWHERE = {
    Code.FILE_DATE: "`cqrs calculate` alone says it",
    Code.PRACTICE_LIST: "`cqrs calculate` alone says it",
    Code.PRACTICE_INCOMPLETE: "a run says it",
    Code.FILE_TOO_LARGE: "an extract would have 8 GiB; tests/unit/test_text_lines.py has a smaller limit",
    Code.FILE_PARTICIPATION: "a participation list gets it",
    Code.ROW_PARTICIPATION: "a participation list gets it",
    Code.ROW_ORGANISATION: "a file of organisations gets it",
    Code.ROW_DECISION: "a file of decisions gets it",
    Code.WARNING_DECISION: "a run says it",
    Code.PRACTICE_CONTRACT: "a run says it",
    Code.FILE_DUPLICATE: "tests/spec/test_problem_pages.py sends a file twice",
}


def reported(bad: BadFile) -> list[Planted]:
    """What the report of the file's upload says."""
    world = World()
    world.organisations.add(organisations=bad.known, file="known", order="1")
    if bad.listed is not None:
        world.offer(*bad.listed)
    upload = replace(world.send(bad.content, key=KEY), key=bad.key, received_at=bad.received)
    world.exchange.write(key=bad.key, body=bad.content, media_type="text/csv")
    record = ingest_extract(upload=upload, world=world.ingestion)
    text = world.exchange.held[f"{report_folder(key=bad.key, file=record.id)}/problems.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    severities = {Code(row["CODE"]): Severity(row["SEVERITY"]) for row in rows}
    assert severities == {code: problem_pages()[code].severity for code in severities}
    assert Counter(row["CODE"] for row in rows) == record.problems
    return [
        Planted(int(r["LINE"]), r["ORG_CODE"], r["IND_CODE"], r["FIELD_NAME"], r["VALUE"], Code(r["CODE"]))
        for r in rows
    ]


@pytest.mark.parametrize("seed", range(FILES))
def test_the_report_is_what_was_planted(seed: int) -> None:
    bad = bad_file(seed=seed, document=DOCUMENT)
    assert sorted(map(placed, reported(bad))) == sorted(map(placed, bad.planted))


def placed(one: Planted) -> Planted:
    """A problem at its line; a bomb is found within a megabyte of where it goes off."""
    return one._replace(line=0) if one.code is Code.FILE_BOMB else one


def test_every_code_that_an_extract_can_get_is_planted_somewhere() -> None:
    planted = {one.code for seed in range(FILES) for one in bad_file(seed=seed, document=DOCUMENT).planted}
    assert planted == set(Code) - ELSEWHERE.keys()


def test_a_seed_makes_the_same_file_again() -> None:
    assert bad_file(seed=7, document=DOCUMENT) == bad_file(seed=7, document=DOCUMENT)
