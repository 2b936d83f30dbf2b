"""The gates on what was published of 2017/18 and 2018/19: what `docs/gates.md` says of real practices."""

from collections.abc import Sequence
from datetime import date

import pytest

from functions.domain.calculate.inputs import FrozenPractice
from functions.domain.gate.inspecting import inspect
from functions.domain.gate.last import LastRun
from functions.domain.grid import service_grid
from schemas.average_list import average_lists
from schemas.catalogue import service_document
from schemas.inspection import Finding, Gate, GateVerdict
from tests.inputs.published_nation import PUBLISHED, published

DOCUMENT = service_document("QOF1819")
GRID = service_grid(document=DOCUMENT)
Practices = Sequence[FrozenPractice]


@pytest.fixture(scope="module")
def nations() -> tuple[Practices, Practices]:
    """The practices of 2018/19, and those of the year before."""
    if not PUBLISHED.is_dir():
        pytest.skip(f"there is no {PUBLISHED}; set CQRS_SHARED to the shared folder")
    years = (("2018/19", 20190402111950), ("2017/18", 20180403111950))
    now, then = (list(published(document=DOCUMENT, grid=GRID, year=year, stamp=stamp)) for year, stamp in years)
    return now, then


def inspected(now: Practices, last: LastRun | None) -> dict[Gate, list[Finding]]:
    """The findings of each gate, those that hold the run first."""
    found = inspect(
        document=DOCUMENT, achievement_date=date(2019, 3, 31), practices=now, left_out={}, last=last,
        average_lists=average_lists(),
    )  # fmt: skip
    return {gate: [finding for finding in found if finding.gate is gate] for gate in Gate}


def held(found: dict[Gate, list[Finding]]) -> dict[Gate, list[tuple[str, ...]]]:
    holding = {gate: [one.practices for one in some if one.verdict is GateVerdict.HELD] for gate, some in found.items()}
    return {gate: some for gate, some in holding.items() if some}


def test_a_year_of_the_real_nation_names_six_practices_and_the_single_registers_of_24(
    nations: tuple[Practices, Practices],
) -> None:
    now, then = nations
    found = inspected(now, LastRun(document=DOCUMENT, practices=then, paid=True))
    assert list(held(found)) == [Gate.MOVEMENT]
    practices, registers = held(found)[Gate.MOVEMENT]
    assert practices == ("E85700", "F82653", "G82175", "G83005", "M88637", "Y00449")
    lines = found[Gate.MOVEMENT][1].evidence
    assert len(registers) == len(lines) == 24
    areas = ("(OST)", "(CVDPP)", "(DEM)")
    assert [sum(area in line.what for line in lines) for area in areas] == [20, 3, 1]
    assert len({one.organisation for one in now} & {one.organisation for one in then}) == 6786


def test_the_first_run_of_the_real_nation_names_four_that_stand_out(nations: tuple[Practices, Practices]) -> None:
    now, _ = nations
    found = inspected(now, None)
    assert held(found) == {Gate.PEERS: [("Y05750",)], Gate.INFLUENCE: [("H85691", "Y02625", "E87711")]}
    assert "H85691 (published) moved 1,082,402.89 pounds, most by DEM004" in found[Gate.INFLUENCE][0].cause
    assert len(now) == 6854
