"""A practice that closed within the year and points that were decided, on the deployed stack, from files to the page.

A TEST run of a year that no other story takes: it leads to no money.
"""

from datetime import date
from pathlib import Path

from cqrs.deployed import DeployedStack
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.file import Verdict
from schemas.grant import Role
from schemas.service import RunKind

SERVICE = "QOF1920"
YEAR_END = CollectionKey(service=SERVICE, achievement_date=date(2020, 3, 31), run_kind=RunKind.TEST)
ORGANISATIONS = """\
ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE,CONTRACT_TYPE,OPEN_DATE,CLOSE_DATE
A81001,Stays,8000,20200101,,16C,QHM,Y63,GMS,,
A81002,Closed in autumn,8000,20191001,,16C,QHM,Y63,GMS,,20191031
"""
DECISIONS = """\
QUALITY_SERVICE,ACH_DATE,ORG_CODE,IND_CODE,POINTS,AUTHOR,REASON,SOURCE
QOF1920,20200331,A81002,AF001,2.5,NHS England,Data faults.,Letter of 3 May 2020
"""


def counts() -> str:
    """Every row of both practices: counts of 50, denominators of 100, flags of 1."""
    document = service_document(SERVICE)
    lines = [",".join(COLUMNS)]
    for code in ("A81001", "A81002"):
        for slot in service_grid(document=document).slots:
            count = 1 if slot.flag else 100 if slot.field == "Denominator" else 50
            place = (SERVICE, document.name, code, "20200331", slot.indicator, slot.field, str(count))
            lines.append(",".join((*place, "None", "AUTOMATED", "02/04/2020", "11:19:50", "Y")))
    return "\n".join([*lines, ""])


def test_a_closed_practice_is_paid_its_days_and_its_decided_points_and_reads_why_over_the_api(
    stack: DeployedStack, folder: Path
) -> None:
    for key, content in (
        ("organisations/decided.csv", ORGANISATIONS),
        ("decisions/decided.csv", DECISIONS),
        (f"extracts/tpp/{SERVICE}/TEST/decided.csv", counts()),
    ):
        path = folder / key.replace("/", "-")
        path.write_text(content, encoding="utf-8")
        assert stack.acknowledged(key=key, since=stack.upload(file=path, key=key)).verdict is Verdict.ACCEPTED
    stack.calculated(execution=stack.start_calculation(collection=YEAR_END))
    manager = stack.invite(name="closed.manager")
    stack.grant(person=manager, role=Role.FINANCE_VIEW, organisation="A81002")
    working = f"/achievements/{SERVICE}/A81002/2020-03-31/working?run_kind=TEST"
    told = stack.call(method="GET", path=working, person=manager).body
    assert (told["days_open"], told["days"], told["list_date"]) == (214, 366, "2019-10-01")
    assert (told["listed"]["name"], told["listed"]["line"], told["listed"]["closed"]) == (
        "decided.csv",
        3,
        "2019-10-31",
    )
    (line,) = (one for one in told["lines"] if one["indicator"] == "AF001")
    assert (line["extracted_points"], line["points"], line["part_of_year"]) == ("5.00", "2.50", "214/366")
    assert (line["decision"]["author"], line["decision"]["line"]) == ("NHS England", 2)
    assert line["decision"]["source"] == "Letter of 3 May 2020"
