"""Reading and checking an extract in the real layout: this reader against the floor and against a model a row."""

from collections.abc import Iterator
from pathlib import Path

from bench.check import csv_rows, model_rows, reader
from bench.check.extract import SERVICE, Reading
from bench.check.extract_file import write_extract
from bench.scores import Report, Score, score_table
from bench.timing import Contender, interleaved
from cqrs.nation import nation
from cqrs.progress import progress_bar
from schemas.catalogue import service_document

PRACTICES, SEED = 1_000, 2324
ENGINE = "this reader"
CONTENDERS = (
    Contender(ENGINE, reader.prepare),
    Contender("csv.reader, no checks", csv_rows.prepare),
    Contender("pydantic model a row", model_rows.prepare),
)


def measure_reading(*, folder: Path, practices: int, rounds: int) -> Iterator[Report]:
    """Measure with a clean file, then with one bad row in a hundred; the files are written into `folder`."""
    made = nation(document=service_document(SERVICE), practices=practices, seed=SEED)
    for name, bad in (("clean", False), ("bad", True)):
        expected = write_extract(folder=folder / name, made=made, bad=bad)
        size = f"{practices:,} practices, {expected.rows:,} rows"
        spoilt = f"{len(expected.refused):,}" if bad else "none"
        title = f"Reading {size}, {spoilt} of them bad ({SERVICE}, seed {SEED})"
        yield _measure(title, folder / name, expected, rounds)


def _measure(title: str, folder: Path, expected: Reading, rounds: int) -> Report:
    scores = {contender.name: Score() for contender in CONTENDERS}
    reported = dict.fromkeys(scores, "")
    failures: set[str] = set()
    with progress_bar(what="Reading", total=len(CONTENDERS) * (rounds + 1)) as advance:
        for number, runs in enumerate(
            interleaved(contenders=CONTENDERS, inputs=folder, rounds=rounds, advance=advance)
        ):
            for name, run in runs.items():
                reported[name] = f"{len(run.outcome.refused.keys() & expected.refused.keys()):,}"
                if number:
                    scores[name].count(run)
            failures.update(_failures(runs[ENGINE].outcome, expected))
    table = score_table(
        title=title,
        unit="rows",
        amount=expected.rows,
        scores=scores,
        engine=ENGINE,
        verdict="bad rows reported",
        verdicts=reported,
    )
    return Report(table=table, failures=sorted(failures))


def _failures(found: Reading, expected: Reading) -> Iterator[str]:
    if found.rows != expected.rows:
        yield f"The reader saw {found.rows} of {expected.rows} rows."
    if differing := sorted(dict(found.refused.items() ^ expected.refused.items())):
        yield f"{len(differing)} lines are reported otherwise than they were spoilt; the first is line {differing[0]}."
    practices = found.values.keys() | expected.values.keys()
    if wrong := sorted(code for code in practices if found.values.get(code) != expected.values.get(code)):
        yield f"{len(wrong)} practices have other values than were written; the first is {wrong[0]}."
