"""A practice that does not take part, on the deployed stack: refused by name, missed by nobody, taken once it does.

The tests of this module are one story, told in their order, in a service that no other story uses.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cqrs.deployed import DeployedStack
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.file import FileRecord, Verdict
from schemas.service import RunKind

SERVICE = "QOF2425"
YEAR_END = CollectionKey(service=SERVICE, achievement_date=date(2025, 3, 31), run_kind=RunKind.TEST)
ORGANISATIONS = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
PARTICIPANTS = "QUALITY_SERVICE,SP_ORG_CODE,SP_ORG_NAME,CO_ORG_CODE,PART_ST_DT,PART_ED_DT"
STAYS, LEFT = "A81001", "A81002"
Send = Callable[[str, bytes], FileRecord]


@pytest.fixture(scope="module")
def send(stack: DeployedStack, folder: Path) -> Send:
    def sent(key: str, content: bytes) -> FileRecord:
        path = folder / key.replace("/", "-")
        path.write_bytes(content)
        return stack.acknowledged(key=key, since=stack.upload(file=path, key=key))

    rows = [f"{code},Practice,8000,20250101,,16C,QHM,Y63" for code in (STAYS, LEFT)]
    sent("organisations/participation.csv", "\n".join([ORGANISATIONS, *rows, ""]).encode())
    return sent


def offered(**ends: str) -> bytes:
    """The list of these practices, each until a last day or, where it is blank, for good."""
    rows = [f"{SERVICE},{code},Practice {code},16C,20240401,{last}" for code, last in ends.items()]
    return "\n".join([PARTICIPANTS, *rows, ""]).encode()


def both() -> bytes:
    document = service_document(SERVICE)
    lines = [",".join(COLUMNS)]
    for code in (STAYS, LEFT):
        for slot in service_grid(document=document).slots:
            count = "1" if slot.flag else "100" if slot.field == "Denominator" else "50"
            place = (SERVICE, document.name, code, "20250331", slot.indicator, slot.field, count)
            lines.append(",".join((*place, "None", "AUTOMATED", "02/04/2025", "11:19:50", "Y")))
    return "\n".join([*lines, ""]).encode()


def test_before_any_list_everybody_is_taken_and_the_report_says_that_nobody_said_who_takes_part(send: Send) -> None:
    record = send(f"extracts/tpp/{SERVICE}/TEST/before.csv", both())
    assert (record.verdict, record.problems["WARNING-PARTICIPATION"]) == (Verdict.ACCEPTED, 1)


def test_a_list_that_ends_a_participation_is_acknowledged(send: Send) -> None:
    record = send("participation/left.csv", offered(**{STAYS: "", LEFT: "20241231"}))
    assert (record.verdict, record.rows_accepted, record.problems) == (Verdict.ACCEPTED, 2, {})


def test_the_practice_that_left_is_refused_by_name_and_the_other_goes_through(stack: DeployedStack, send: Send) -> None:
    record = send(f"extracts/tpp/{SERVICE}/TEST/after.csv", both())
    assert (record.verdict, record.refused_practices) == (Verdict.PARTLY_ACCEPTED, (LEFT,))
    told = stack.problems(record=record)
    assert f",{LEFT},,,20250331,PRACTICE-NOT-PARTICIPATING,practice," in told
    assert "the participation list has it from 20240401 to 20241231; its " in told


def test_it_is_neither_calculated_nor_missed_though_it_had_sent_before(stack: DeployedStack) -> None:
    run = stack.calculated(execution=stack.start_calculation(collection=YEAR_END))["run"]
    assert (run["practices"], run["incomplete"]) == (1, 0)
    kept = stack.object(bucket="EvidenceBucket", key=f"runs/{run['id']}/participation.json")
    assert b"null" not in kept


def test_a_list_with_a_bad_row_changes_nothing(stack: DeployedStack, send: Send) -> None:
    record = send("participation/bad.csv", offered(**{STAYS: "", LEFT: "20240331"}))
    assert record.verdict is Verdict.REFUSED
    assert f",3,{LEFT},,,20240331,ROW-PARTICIPATION,row," in stack.problems(record=record)
    again = stack.calculated(execution=stack.start_calculation(collection=YEAR_END))
    assert (again["outcome"], again["run"]["practices"]) == ("already published", 1)


def test_once_it_is_on_the_list_again_what_it_sent_counts(stack: DeployedStack, send: Send) -> None:
    send("participation/back.csv", offered(**{STAYS: "", LEFT: ""}))
    run = stack.calculated(execution=stack.start_calculation(collection=YEAR_END))["run"]
    told = stack.object(bucket="EvidenceBucket", key=f"runs/{run['id']}/problems.csv").decode()
    assert (run["practices"], run["incomplete"]) == (2, 0), told
