"""`cqrs aspiration`: the monthly payments in advance, and the balances when the year is over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cqrs.aspiration_files import (
    ASPIRATION_COLUMNS,
    BALANCE_COLUMNS,
    AgreedPoints,
    Figures,
    aspiration_row,
    balance_row,
    no_figures,
    read_agreed,
    read_payments,
)
from cqrs.chosen import OwnDocument, chosen_service
from cqrs.table_file import write_table
from cqrs.verdict import ALL_CALCULATED, NOTHING_CALCULATED, SOME_LEFT_OUT
from functions.domain.calculate.aspiration import (
    Aspiration,
    Balance,
    aspiration_by_payment,
    aspiration_by_points,
    aspiration_terms,
    year_end_balance,
)
from functions.domain.calculate.rules import hundredths
from functions.domain.calculate.text import decimal_text
from schemas.service import ServiceDocument


@dataclass(frozen=True, slots=True)
class Advances:
    """The aspirations of a year by practice, and a sentence for each practice that was left out of them."""

    found: Mapping[str, Aspiration]
    left_out: Mapping[str, str]


def aspiration(
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder to write to; made where it is missing.")],
    payments: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Last year's payments.csv of cqrs calculate.")
    ] = None,
    agreed: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="New contractors, a CSV of ORG_CODE, POINTS and LIST_SIZE."),
    ] = None,
    achievement: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="This year's payments.csv, for the balances.")
    ] = None,
    service: Annotated[str | None, typer.Option(help="The code of the year's service, for instance QOF2324.")] = None,
    document: OwnDocument = None,
) -> None:
    """Work out the year's aspiration of each practice, by last year's payment or by agreed points.

    Writes aspiration.csv, and balances.csv where this year's payments are given. The exit status is 0 when every
    practice got its figures, 1 when some were left out, and 2 when nothing could be worked out.
    """
    chosen = chosen_service(code=service, path=document)
    if payments is None and agreed is None:
        typer.echo("Give last year's payments with --payments, points agreed with --agreed, or both.", err=True)
        raise typer.Exit(NOTHING_CALCULATED)
    begins = chosen.year.starts - timedelta(days=1)
    last = read_payments(path=payments, achieved=begins, service=None) if payments else no_figures()
    offered = sum(hundredths(indicator.points) for indicator in chosen.scored)
    new = read_agreed(path=agreed, offered=offered) if agreed else no_figures()
    this = (
        read_payments(path=achievement, achieved=chosen.year.ends, service=chosen.code) if achievement else no_figures()
    )
    problems = [*last.problems, *new.problems, *this.problems]
    if not (last.readable and new.readable and this.readable):
        last, new, this = no_figures(), no_figures(), no_figures()
    advances = year_advances(document=chosen, last=last, new=new)
    problems += advances.left_out.values()
    out.mkdir(parents=True, exist_ok=True)
    _write_advances(chosen, out, advances)
    if achievement:
        problems += _write_balances(chosen, out, advances, this, last.refused | new.refused)
    _tell(chosen, advances, problems)


def year_advances(*, document: ServiceDocument, last: Figures[int], new: Figures[AgreedPoints]) -> Advances:
    """The aspiration of each practice. One that was paid last year does not aspire on agreed points."""
    terms = aspiration_terms(document=document)
    both = last.found.keys() & new.found.keys()
    found = {code: aspiration_by_payment(terms=terms, payment=payment) for code, payment in last.found.items()}
    for code, one in new.found.items():
        found[code] = aspiration_by_points(terms=terms, points=one.points, list_size=one.list_size)
    told = "it was paid last year and has agreed points too; take it out of one of the files."
    return Advances(
        found={code: one for code, one in found.items() if code not in both},
        left_out={code: f"{code}: {told}" for code in sorted(both)},
    )


def year_balances(
    *, advances: Advances, achievement: Mapping[str, int], unknown: frozenset[str]
) -> Iterator[tuple[str, Balance | str]]:
    """The balance of each practice, or a sentence that says why it has none, by practice.

    A practice of which no aspiration is known was paid none, unless its figures were refused: those are `unknown`.
    """
    for code in sorted(achievement.keys() | advances.found.keys()):
        paid = advances.found[code].total if code in advances.found else 0
        if code in unknown or code in advances.left_out:
            yield code, f"{code}: its aspiration is not known, so neither is its balance."
        elif code in achievement:
            yield code, year_end_balance(achievement=achievement[code], paid=paid)
        else:
            pounds = decimal_text(paid, places=2)
            yield code, f"{code}: {pounds} pounds were paid in advance, but this year's payments do not have it."


def _write_advances(document: ServiceDocument, out: Path, advances: Advances) -> None:
    """Write the aspirations. Where there is none the file holds its header only: no older result stays."""
    rows = (
        aspiration_row(service=document.code, practice=code, aspiration=one)
        for code, one in sorted(advances.found.items())
    )
    write_table(path=out / "aspiration.csv", columns=ASPIRATION_COLUMNS, rows=rows)


def _write_balances(
    document: ServiceDocument, out: Path, advances: Advances, this: Figures[int], unknown: frozenset[str]
) -> list[str]:
    """Write the balances; a sentence for each practice that has none and was not already refused."""
    found = dict(year_balances(advances=advances, achievement=this.found, unknown=unknown))
    balances = {code: one for code, one in found.items() if isinstance(one, Balance)}
    rows = (balance_row(service=document.code, practice=code, balance=one) for code, one in balances.items())
    write_table(path=out / "balances.csv", columns=BALANCE_COLUMNS, rows=rows)
    return [one for code, one in found.items() if isinstance(one, str) and code not in this.refused]


def _tell(document: ServiceDocument, advances: Advances, problems: list[str]) -> None:
    for problem in problems:
        typer.echo(problem, err=True)
    total = decimal_text(sum(one.total for one in advances.found.values()), places=2)
    count = len(advances.found)
    practices = "1 practice" if count == 1 else f"{count:,} practices"
    typer.echo(f"{document.code}: aspiration of {practices}, {total} pounds in the year.")
    if not advances.found:
        raise typer.Exit(NOTHING_CALCULATED)
    raise typer.Exit(SOME_LEFT_OUT if problems else ALL_CALCULATED)
