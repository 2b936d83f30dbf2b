"""The page that a person reads before releasing a run."""

from collections.abc import Iterator

from schemas.inspection import Finding
from tests.inputs.gate_nation import halved
from tests.inputs.inspected_nation import GRID, NATION, changed, inspected, page, served


def lines(found: tuple[Finding, ...]) -> Iterator[str]:
    yield from page(found).splitlines()


def test_the_page_says_the_verdict_first_and_what_holds_the_run_with_its_effect() -> None:
    lost = {code: halved(NATION[code], GRID) for code in served("microtest")}
    first, _, third, fourth, _, sixth, *rest = lines(inspected(changed(**lost)))
    assert first == "Gates before money: QOF2324, 31 March 2024, PAYMENT"
    assert third == "Compared with no run before: none was published."
    assert fourth == "Verdict: held, for 1 cause"
    assert sixth == "HELD  movement, microtest"
    assert rest[1] == "  Effect, against the same run with them at their last values:"
    assert rest[2].startswith("    the others together are paid ")
    assert "    and 20 more lines in gates.json" in rest


def test_the_page_of_a_clean_run_holds_nothing() -> None:
    assert "HELD" not in page(inspected())
    assert "Verdict: passed" in page(inspected())
