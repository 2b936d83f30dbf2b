"""The checking benchmark: what is planted is what is found, and only the time from ready to written counts."""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.check.checker import prepare, reported
from bench.check.extract import EXTRACT, SERVICE
from bench.check.layout import LINES, PROBLEMS, REPORT, RULES
from bench.check.planted_extract import Planted, write_planted
from bench.check.plants import MISTAKES, Plant
from bench.check.programs import DVE, ENGINE, FRICTIONLESS, PANDERA, Program, engine
from bench.check.tally import Tally
from bench.check.targets import target_table
from bench.check.verdict import Verdict, judge_lines, judge_problems
from bench.environments import PeerMissing, runnable
from bench.marks import run_between_marks
from bench.processes import ProgramFailed
from cqrs.nation import nation
from functions.domain.check.row import COLUMNS
from schemas.catalogue import service_document
from schemas.file import FileRecord
from schemas.problem import REPORT_COLUMNS, Code, Severity

PRACTICES = 60  # so many that every mistake is made
KINDS = {code for code, _ in MISTAKES} | {Code.ROW_FLAG, Code.PRACTICE_NUMERATOR}
PLANTS = (Plant(3, Code.ROW_NUMBER, "A81001"), Plant(5, Code.PRACTICE_CONFLICT, "A81001"))


def written(folder: Path, *, everywhere: bool) -> Planted:
    made = nation(document=service_document(SERVICE), practices=PRACTICES, seed=7)
    return write_planted(folder=folder, made=made, everywhere=everywhere, advance=lambda _: None)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def problems(folder: Path, *lines: tuple[int, str, str, str]) -> Path:
    """A problems.csv of lines with their organisations, codes and severities."""
    with (folder / PROBLEMS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REPORT_COLUMNS)
        writer.writerows((EXTRACT, line, code, "", "", "", what, far, "") for line, code, what, far in lines)
    return folder


@pytest.mark.parametrize("everywhere", [False, True], ids=["in one practice of four", "in every practice"])
def test_this_checker_reports_exactly_what_is_planted(tmp_path: Path, *, everywhere: bool) -> None:
    planted = written(tmp_path / "inputs", everywhere=everywhere)
    prepare(tmp_path / "inputs", tmp_path)()
    assert judge_problems(out=tmp_path, plants=planted.plants) == Verdict(missed=frozenset(), invented=frozenset())
    assert set(reported(tmp_path)) >= {plant.line for plant in planted.plants}
    record = FileRecord.model_validate_json((tmp_path / REPORT).read_bytes())
    assert record.rows == planted.rows == len(rows(tmp_path / "inputs" / EXTRACT)) - 1
    assert sum(record.problems.values()) >= len(planted.plants)


def test_one_row_in_a_hundred_is_bad_in_every_way_and_no_line_twice(tmp_path: Path) -> None:
    quarter, whole = written(tmp_path / "1", everywhere=False), written(tmp_path / "2", everywhere=True)
    for planted, practices in ((quarter, PRACTICES // 4), (whole, PRACTICES)):
        assert 0.009 < len(planted.plants) / planted.rows < 0.011
        assert len({plant.line for plant in planted.plants}) == len(planted.plants)
        assert len({plant.organisation for plant in planted.plants}) == practices
        assert {plant.code for plant in planted.plants} == KINDS


def test_another_achievement_date_is_planted_once_in_a_practice_because_it_is_reported_once(tmp_path: Path) -> None:
    planted = written(tmp_path / "inputs", everywhere=False)
    dated = Counter(plant.organisation for plant in planted.plants if plant.code == Code.PRACTICE_DATE)
    assert set(dated.values()) == {1}


def test_the_peers_rules_are_those_of_the_service_document_and_the_organisations(tmp_path: Path) -> None:
    written(tmp_path / "inputs", everywhere=False)
    rules = json.loads((tmp_path / "inputs" / RULES).read_text(encoding="utf-8"))
    document = service_document(SERVICE)
    names = {indicator.code: indicator.fields for indicator in document.indicators}
    assert {indicator for indicator, _ in rules["fields"]} == names.keys()
    assert all([code, field.denominator] in rules["fields"] for code, field in names.items() if field.denominator)
    assert rules["flags"] == sorted({field.flag for field in names.values() if field.flag})
    assert rules["dates"] == sorted({f"{entry.achievement_date:%Y%m%d}" for entry in document.collections})
    assert (rules["service"], rules["columns"], len(rules["organisations"])) == (SERVICE, COLUMNS, PRACTICES)


def test_a_peer_may_name_a_bad_line_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / LINES).write_text("3\n4\n", encoding="ascii")
    assert judge_lines(out=tmp_path, plants=PLANTS) == Verdict(missed=frozenset({5}), invented=frozenset({4}))


def test_this_checker_must_give_each_line_its_code(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        (3, "A81001", Code.ROW_FLAG, Severity.ROW),
        (5, "A81001", Code.PRACTICE_CONFLICT, Severity.PRACTICE),
    )
    assert judge_problems(out=told, plants=PLANTS) == Verdict(missed=frozenset({3}), invented=frozenset({3}))


def test_a_needless_warning_is_forgiven_only_in_a_practice_with_mistakes(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        (2, "A81001", Code.WARNING_INCOMPLETE, Severity.WARNING),
        (3, "A81001", Code.ROW_NUMBER, Severity.ROW),
        (5, "A81001", Code.PRACTICE_CONFLICT, Severity.PRACTICE),
        (9, "A81002", Code.WARNING_INCOMPLETE, Severity.WARNING),
    )
    assert judge_problems(out=told, plants=PLANTS) == Verdict(missed=frozenset(), invented=frozenset({9}))


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", code)


def test_only_what_lies_between_the_marks_is_timed(tmp_path: Path) -> None:
    code = "import time\ntime.sleep(1)\nprint('ready', 5, flush=True)\nprint('a word of its own', flush=True)\n"
    code += "time.sleep(0.2)\nprint('written', 5.5, flush=True)\ntime.sleep(1)"
    cost = run_between_marks(command=python(code), environment={}, errors=tmp_path / "errors.txt")
    assert 0.1 < cost.wall < 0.9  # whoever listens may hear of the start a moment late
    assert cost.processor == 0.5


@pytest.mark.parametrize(
    ("code", "words"),
    [("print('ready', 1)", "never said"), ("print('ready', 1)\nraise ValueError('no')", "ValueError: no")],
    ids=["without a word", "with an error"],
)
def test_a_program_that_ends_before_its_report_is_written_has_failed(tmp_path: Path, code: str, words: str) -> None:
    with pytest.raises(ProgramFailed, match=words):
        run_between_marks(command=python(code), environment={}, errors=tmp_path / "errors.txt")


def test_the_engine_and_a_peer_run_by_the_same_stopwatch(tmp_path: Path) -> None:
    planted = written(tmp_path / "inputs", everywhere=False)
    contender = tmp_path / "contender.py"
    contender.write_text(
        "def prepare(folder, out):\n    return lambda: (out / 'own').write_text('4 4 9')\n"
        "def reported(out):\n    return map(int, (out / 'own').read_text().split())\n",
        encoding="ascii",
    )
    peer = Program(key="peer", name="peer", python=Path(sys.executable), contender=contender)
    for program in (engine(), peer):
        out = tmp_path / program.key
        out.mkdir()
        command = program.command(inputs=tmp_path / "inputs", out=out)
        cost = run_between_marks(command=command, environment=program.environment, errors=out / "errors.txt")
        assert cost.wall > 0
    assert judge_problems(out=tmp_path / ENGINE, plants=planted.plants) == Verdict(frozenset(), frozenset())
    assert (tmp_path / "peer" / LINES).read_text(encoding="ascii") == "4\n9\n"


def test_a_target_is_reached_by_the_median_of_the_ratios_and_pandera_must_be_passed() -> None:
    tallies = {
        ENGINE: Tally(wall=[1.0, 1.0, 2.0]),
        DVE: Tally(wall=[30.0, 24.0, 50.0]),
        FRICTIONLESS: Tally(wall=[14.0, 15.0, 20.0]),
        PANDERA: Tally(wall=[1.0, 1.0, 2.0]),
    }
    assert [row.cells[1:] for row in target_table(tallies=tallies).rows] == [
        ("25.0 (24.0-30.0)", "at least 25", "yes"),
        ("14.0 (10.0-15.0)", "at least 15", "no"),
        ("1.0 (1.0-1.0)", "above 1", "no"),
        ("0", "0", "yes"),
    ]


def test_no_target_is_reached_against_a_peer_that_did_not_run_nor_by_a_wrong_report() -> None:
    tallies = {ENGINE: Tally(wall=[1.0], missed=frozenset({3}), invented=frozenset({4})), DVE: Tally(trouble="no")}
    table = target_table(tallies=tallies)
    assert all(row.marked and row.cells[3] == "no" for row in table.rows)
    assert [row.cells[1] for row in table.rows] == [*["not measured"] * 3, "2"]


def test_the_benchmark_fails_on_what_this_checker_missed_or_invented_but_not_for_being_slow() -> None:
    tally = Tally(wall=[1e9])
    assert list(tally.complaints()) == []
    tally.judge(verdict=Verdict(missed=frozenset({8}), invented=frozenset({6, 5})))
    assert list(tally.complaints()) == [
        "The checker misses what is wrong with 1 lines; the first is line 8.",
        "The checker complains without reason of 2 lines; the first is line 5.",
    ]


def test_a_peer_whose_environment_cannot_be_made_is_named_with_the_reason() -> None:
    def peer(key: str) -> str:
        if key == "b":
            raise PeerMissing("its environment cannot be made: no such package")
        return key.upper()

    assert runnable(keys="abc", peer=peer) == (["A", "C"], {"b": "its environment cannot be made: no such package"})
