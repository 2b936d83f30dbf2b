"""An extract that was checked: what makes it another file, and how much of it is read again to look for people."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from functions.check.extracts import CheckedExtract, checked_extract, held_against, identifies
from functions.domain.check.problems import LISTED, ProblemList
from functions.domain.check.reading import ExtractReading
from functions.domain.check.upload import ExtractUpload
from schemas.problem import Code, Problem, Severity
from schemas.service import RunKind
from tests.integration.worlds import KEY, World

CLAIM = ExtractUpload(supplier="tpp", service="QOF2324", run_kind=RunKind.PAYMENT, name="april.csv")
BROKEN = (Code.ROW_NUMBER, Severity.ROW, "A81002")
UNKNOWN = (Code.PRACTICE_UNKNOWN, Severity.PRACTICE, "A81003")
OUTSIDE = (Code.PRACTICE_NOT_PARTICIPATING, Severity.PRACTICE, "A81003")
LATE = (Code.WARNING_LATE, Severity.WARNING, "")
UNREADABLE = (Code.FILE_ENCODING, Severity.FILE, "")
Found = tuple[Code, Severity, str]


def checked(*found: Found, limit: int = LISTED, personal: bool = False) -> CheckedExtract:
    problems = ProblemList(limit=limit)
    for line, (code, severity, organisation) in enumerate(found, start=2):
        problems.add(Problem("april.csv", line, organisation, "", "", "", code, severity, "Why."))
    reading = ExtractReading(
        file="april.csv", achievement_date=None, practices={}, refused={"A81002": 2, "A81003": 3}, problems=problems,
        rows=2, personal=personal,
    )  # fmt: skip
    at = datetime(2024, 4, 3, tzinfo=UTC)
    held = held_against(claim=CLAIM, key=KEY, received_at=at, known=World().ingestion.known)
    return checked_extract(held=held, reading=reading, sha256="of the content", code_version="this code")


@pytest.mark.parametrize("limit", [LISTED, 1, 0], ids=["all are listed", "one is listed", "none is listed"])
@pytest.mark.parametrize(
    ("first", "then", "same"),
    [
        pytest.param([BROKEN, UNKNOWN], [BROKEN, UNKNOWN], True, id="for the same reasons"),
        pytest.param([BROKEN, UNKNOWN], [BROKEN, OUTSIDE], False, id="for another reason"),
        pytest.param([BROKEN, BROKEN], [BROKEN], False, id="for fewer rows"),
        pytest.param([BROKEN, UNKNOWN], [BROKEN, UNKNOWN, LATE], True, id="and warned of more"),
    ],
)
def test_a_file_that_is_refused_again_is_the_same_file(
    first: list[Found], then: list[Found], limit: int, *, same: bool
) -> None:
    assert (checked(*first, limit=limit).record.id == checked(*then, limit=limit).record.id) is same


def test_a_file_two_practices_of_which_are_refused_each_for_the_reason_of_the_other_is_another_file() -> None:
    """Each code is found as often as before."""
    codes, practices = (UNKNOWN[0], OUTSIDE[0]), ("A81002", "A81003")
    first, then = (
        [(code, Severity.PRACTICE, practice) for code, practice in zip(codes, order, strict=True)]
        for order in (practices, practices[::-1])
    )
    assert checked(*first).record.id != checked(*then).record.id


@pytest.mark.parametrize(
    ("found", "personal", "pieces"),
    [
        pytest.param([BROKEN], True, [], id="nothing, where a row identified somebody"),
        pytest.param([BROKEN], False, [b"plain,"], id="its head, where every row was read"),
        pytest.param([UNREADABLE], False, [b"plain,", b"text\n"], id="all of it, where not every row could be"),
    ],
)
def test_of_a_file_is_read_again(found: list[Found], pieces: list[bytes], *, personal: bool) -> None:
    read = list[bytes]()

    def again() -> Iterator[bytes]:
        for piece in (b"plain,", b"text\n"):
            read.append(piece)
            yield piece

    assert identifies(checked=checked(*found, personal=personal), again=again) is personal
    assert read == pieces
