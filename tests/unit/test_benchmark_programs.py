"""Measuring whole programs: what their processes cost together, and that a peer's failure is not ours."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from bench.markdown import markdown
from bench.memory import can_be_told, peak_until_exit, tree_share
from bench.pay.programs import DUCKDB, ENGINE, PANDAS, Program
from bench.pay.rounds import payment_rounds
from bench.pay.tally import Tally
from bench.pay.targets import target_table
from bench.pay.verdict import Figures
from bench.processes import ProgramFailed, run_program, start_program
from cqrs.table import Row, Table

MEBIBYTES = 96
BURN = "import time\nwhile time.process_time() < 0.4: pass"
SHARED = f"""
import os, sys, time
held = b'x' * ({MEBIBYTES} * 2**20)
if os.fork() == 0:
    sum(held[::4096])
    time.sleep(1)
    os._exit(0)
os.wait()
"""
OWN = f"""
import os, time
if os.fork() == 0:
    held = b'x' * ({MEBIBYTES} * 2**20)
    time.sleep(1)
    os._exit(0)
held = b'x' * ({MEBIBYTES} * 2**20)
os.wait()
"""
WRITES = """
import sys, pathlib
pathlib.Path(sys.argv[2]).write_text("QUALITY_SERVICE,ORG_CODE,ACH_DATE,POINTS,MAX_POINTS,AMOUNT\\nQOF2324,A81001,20240331,1,2,{amount}\\n")
"""
told = pytest.mark.skipif(not can_be_told(), reason="the system does not tell the share of a process")


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", code)


def peak(folder: Path, code: str) -> int:
    process = start_program(command=python(code), environment={}, errors=folder / "errors.txt")
    return peak_until_exit(process=process)


def test_the_processor_time_of_children_counts(tmp_path: Path) -> None:
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-I', '-c', {BURN!r}])"
    cost = run_program(command=python(code), environment={}, errors=tmp_path / "errors.txt")
    assert cost.processor > 0.4
    assert cost.wall > 0.4


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match="exit status 1: ValueError: no such thing"):
        run_program(command=python("raise ValueError('no such thing')"), environment={}, errors=tmp_path / "errors.txt")


@told
def test_pages_that_two_processes_share_count_once(tmp_path: Path) -> None:
    assert MEBIBYTES < peak(tmp_path, SHARED) < 2 * MEBIBYTES


@told
def test_pages_that_each_process_has_for_itself_count_for_each(tmp_path: Path) -> None:
    assert peak(tmp_path, OWN) > 2 * MEBIBYTES


@told
def test_a_process_that_has_ended_holds_nothing(tmp_path: Path) -> None:
    process = start_program(command=python("pass"), environment={}, errors=tmp_path / "errors.txt")
    process.wait()
    assert tree_share(root=process.pid) == 0


def program(key: str, code: str) -> Program:
    return Program(key=key, name=key, words=python(code))


def test_every_round_is_judged_the_first_is_not_counted_and_a_peer_that_fails_is_left_out(tmp_path: Path) -> None:
    right = {"A81001": Figures(Fraction(1), Fraction(2), Fraction(3))}
    programs = [
        program("right", WRITES.replace("{amount}", "3.00")),
        program("wrong", WRITES.replace("{amount}", "3.01")),
        program("silent", "pass"),
        program("broken", "raise ValueError('no such thing')"),
    ]
    steps: list[int] = []
    rounds = payment_rounds(inputs=tmp_path, right=right, scratch=tmp_path / "scratch")
    found = rounds.run(programs=programs, rounds=2, advance=steps.append)
    assert [found[name].payments for name in ("right", "wrong")] == [frozenset(), {"A81001"}]
    assert [len(found[name].wall) for name in ("right", "wrong", "silent", "broken")] == [2, 2, 0, 0]
    assert "payments.csv" in found["silent"].trouble
    assert found["broken"].trouble == "exit status 1: ValueError: no such thing"
    assert len(steps) == len(programs) * 4
    assert (found["right"].peak is not None) is can_be_told()


def test_a_target_is_reached_by_the_median_of_the_ratios_round_by_round() -> None:
    ours = Tally(wall=[1.0, 2.0, 9.0], processor=[2.0, 2.0, 2.0], peak=100)
    duckdb = Tally(wall=[2.0, 4.0, 10.0], processor=[2.5, 2.5, 2.5], peak=400)
    rows = target_table(tallies={ENGINE: ours, DUCKDB: duckdb}).rows
    assert [row.cells[1:] for row in rows] == [
        ("0.50 (0.50-0.90)", "0.65", "yes"),
        ("not measured", "0.4", "no"),
        ("0.80 (0.80-0.80)", "0.7", "no"),
        ("0.25", "0.35", "yes"),
        ("0", "0", "yes"),
    ]


def test_no_target_is_reached_against_a_peer_that_did_not_run_nor_by_wrong_practices() -> None:
    tallies = {ENGINE: Tally(wall=[1.0], processor=[1.0], peak=1, points=frozenset({"A81001"}))}
    tallies |= {key: Tally(trouble="its environment cannot be made") for key in (DUCKDB, PANDAS)}
    rows = target_table(tallies=tallies).rows
    assert all(row.marked and row.cells[3] == "no" for row in rows)
    assert rows[-1].cells[1] == "1"


def test_the_benchmark_fails_on_a_wrong_practice_of_ours_and_where_we_did_not_run_but_not_for_being_slow() -> None:
    assert list(Tally(wall=[1e9], processor=[1e9], peak=10**9).complaints()) == []
    wrong = Tally(payments=frozenset({"B81002"}), points=frozenset({"A81001", "B81002"}))
    assert list(wrong.complaints()) == ["The engine is wrong for 2 practices; the first is A81001."]
    assert list(Tally(trouble="exit status 2: no").complaints()) == ["The engine did not run: exit status 2: no"]


def test_a_table_in_markdown_keeps_its_columns_apart() -> None:
    table = Table("Speed", ("program", "s"), (Row(("a|b", "1")),), frozenset({"s"}))
    assert markdown(table=table) == "**Speed**\n\n| program | s |\n| --- | ---: |\n| a/b | 1 |\n"
