"""`python -m tests.mutants FILE`: try the mutants of a file, and fail where one survives that nobody argued for."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console

from cqrs.table import Row, Table, print_table
from tests.mutants.judgement import Judgement, judgement
from tests.mutants.mutant import Mutant, read_mutants
from tests.mutants.scope import Module, modules
from tests.mutants.trial import TrialError, Verdict, seconds_needed, trials, warm_up

COLUMNS = ("Module", "Mutants", "Killed", "Stopped", "Survived, argued", "Survived")


def mutants(
    file: Annotated[Path, typer.Argument(help="The mutants, a JSON object a line, as tests/mutants/making.py prints.")],
    only: Annotated[str, typer.Option(help="Only modules whose path holds this.")] = "",
) -> None:
    """Run each module's tests against its mutants. The exit status is 1 where a survivor is not argued for or an
    argument is not needed, 2 where the tests say nothing.
    """
    started, scope = monotonic(), [module for module in modules() if only in module.path]
    try:
        judgements = _judgements(scope, file)
    except TrialError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    print_table(console=Console(), table=_table(judgements))
    typer.echo(f"{monotonic() - started:.0f} seconds")
    raise typer.Exit(0 if all(one.passed for one in judgements) else 1)


def _judgements(scope: Sequence[Module], file: Path) -> list[Judgement]:
    made = defaultdict[str, list[Mutant]](list)
    for mutant in read_mutants(file.read_text(encoding="utf-8").splitlines()):
        made[mutant.module].append(mutant)
    for module in scope:
        if not made[module.path]:
            raise TrialError(f"{file} holds no mutant of {module.path}; make it anew.")
    warm_up()
    return [_judgement(module, made[module.path]) for module in scope]


def _judgement(module: Module, mutants: Iterable[Mutant]) -> Judgement:
    needed = seconds_needed(unchanged=Mutant(module.path, "", module.source), tests=module.tests)
    tried = trials(mutants=mutants, tests=module.tests, limit=2 * needed + 1, at_once=os.cpu_count() or 1)
    found = judgement(module=module, trials=tried)
    _tell(found)
    return found


def _tell(one: Judgement) -> None:
    for number, line, becomes in one.survivors:
        typer.echo(f"{one.module}:{number}: nobody notices where\n    {line}\nbecomes\n    {becomes or '(nothing)'}")
    for line, becomes in one.idle:
        said = f"is argued for, but no mutant that survives makes it\n    {becomes or '(nothing)'}"
        typer.echo(f"{one.module}:\n    {line}\n{said}")


def _table(judgements: Iterable[Judgement]) -> Table:
    rows = [
        (
            one.verdicts.total(),
            one.verdicts[Verdict.KILLED],
            one.verdicts[Verdict.STOPPED],
            one.argued,
            len(one.survivors),
        )
        for one in judgements
    ]
    names = [one.module.rpartition("/")[2] for one in judgements]
    totals = tuple(map(sum, zip(*rows, strict=True)))
    lines = [Row((name, *map(str, row))) for name, row in zip([*names, "all"], [*rows, totals], strict=True)]
    return Table("", COLUMNS, tuple(lines), frozenset(COLUMNS[1:]))


if __name__ == "__main__":
    typer.run(mutants)
