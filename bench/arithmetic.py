"""Achievement and payment of a nation with ties in it: this engine against other arithmetic, judged by fractions."""

from pathlib import Path

from bench.calculate import divided_first, engine, exact_fractions, multiplied_first, rounded_floats
from bench.calculate.practices import SERVICE, Result, write_practices
from bench.scores import Report, Score, score_table
from bench.timing import Contender, interleaved
from cqrs.progress import progress_bar
from schemas.catalogue import service_document

PRACTICES, SEED = 2_000, 2324
ENGINE, JUDGE = "this engine", "Fraction (the judge)"
CONTENDERS = (
    Contender(ENGINE, engine.prepare),
    Contender(JUDGE, exact_fractions.prepare),
    Contender("Decimal, multiplied first", multiplied_first.prepare),
    Contender("Decimal, divided first", divided_first.prepare),
    Contender("float and round", rounded_floats.prepare),
)


def measure_arithmetic(*, folder: Path, practices: int, rounds: int) -> Report:
    """Measure, with the practices written into `folder`. The engine fails on any point or penny that is not right."""
    path = folder / "practices.json"
    write_practices(path=path, document=service_document(SERVICE), practices=practices, seed=SEED)
    scores = {contender.name: Score() for contender in CONTENDERS}
    wrong = dict.fromkeys(scores, 0)
    failures: set[str] = set()
    with progress_bar(what="Arithmetic", total=len(CONTENDERS) * (rounds + 1)) as advance:
        for number, runs in enumerate(interleaved(contenders=CONTENDERS, inputs=path, rounds=rounds, advance=advance)):
            right = runs[JUDGE].outcome
            for name, run in runs.items() if number else ():
                scores[name].count(run)
            wrong |= {name: max(wrong[name], _wrong_payments(run.outcome, right)) for name, run in runs.items()}
            failures.update(_failures(runs[ENGINE].outcome, right, practices))
    table = score_table(
        title=f"Achievement and payment of {practices:,} practices ({SERVICE}, seed {SEED})",
        unit="practices",
        amount=practices,
        scores=scores,
        engine=ENGINE,
        verdict="payments wrong",
        verdicts={name: f"{count:,}" for name, count in wrong.items()},
    )
    return Report(table=table, failures=sorted(failures))


def _wrong_payments(found: list[Result], right: list[Result]) -> int:
    return sum(one[-1] != other[-1] for one, other in zip(found, right, strict=True))


def _failures(found: list[Result], right: list[Result], practices: int) -> list[str]:
    differing = [number for number, pair in enumerate(zip(found, right, strict=True)) if pair[0] != pair[1]]
    if len(right) != practices:
        return [f"{len(right)} of {practices} practices were calculated."]
    if not differing:
        return []
    first = differing[0]
    message = (
        f"The engine is wrong for {len(differing)} of {practices} practices; the first, number {first}: "
        f"points, available and payment are {found[first]}, and should be {right[first]}."
    )
    return [message]
