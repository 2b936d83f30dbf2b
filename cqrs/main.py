"""The command line: everything that can be done with the service, by name.

An analyst's commands start at once: what a command does not need is not imported for it.
"""

import os
import sys

import typer

# Numbers are counted here and no matrices multiplied: threads that wait to do so cost a tenth of a second to start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from cqrs.calculate import calculate  # numpy asks for the number of threads when it is imported

HELP = "Calculating Quality Reporting Service: from a supplier's extract to an approved payment."
ANALYST_COMMANDS = frozenset({"services", "sample", "aspiration", "reconcile"})
SUPPLIER_COMMANDS = frozenset({"check", "errors"})
EVIDENCE_COMMANDS = frozenset({"explain", "replay", "diff"})


def main() -> None:
    """The console script `cqrs`."""
    asked = frozenset(sys.argv[1:2])
    if asked == {"calculate"}:
        calculate_app()()
    elif asked & SUPPLIER_COMMANDS:
        supplier_app()()
    elif asked & ANALYST_COMMANDS:
        analyst_app()()
    elif asked & EVIDENCE_COMMANDS:
        evidence_app()()
    else:
        whole_app()()


def calculate_app() -> typer.Typer:
    """The command line with `calculate` alone."""
    alone = _app()
    alone.command()(calculate)
    alone.callback()(lambda: None)  # so that its name is still given
    return alone


def analyst_app() -> typer.Typer:
    """The command line with the commands that need no AWS."""
    from cqrs.aspiration import aspiration  # noqa: PLC0415  # a command imports what it needs, and no other's
    from cqrs.reconcile import reconcile  # noqa: PLC0415  # as above
    from cqrs.sample import sample  # noqa: PLC0415  # as above
    from cqrs.services import services_app  # noqa: PLC0415  # as above

    analyst = _app()
    analyst.add_typer(services_app, name="services")
    analyst.command()(calculate)
    analyst.command()(sample)
    analyst.command()(aspiration)
    analyst.command()(reconcile)
    return analyst


def supplier_app() -> typer.Typer:
    """The commands for those who send extracts, which need no AWS either."""
    from cqrs.check import check  # noqa: PLC0415  # nobody else is to wait for it
    from cqrs.errors import errors  # noqa: PLC0415  # as above

    supplier = _app()
    supplier.command()(check)
    supplier.command()(errors)
    return supplier


def evidence_app() -> typer.Typer:
    """The commands that read the evidence of runs."""
    from cqrs.explain import explain_app  # noqa: PLC0415  # nobody else is to wait for it

    return explain_app


def whole_app() -> typer.Typer:
    """The command line with every command."""
    from cqrs.stack_commands import stack_app  # noqa: PLC0415  # boto3 and the rest take most of a second to import

    whole = _app()
    whole.add_typer(analyst_app())
    whole.add_typer(supplier_app())
    whole.add_typer(evidence_app())
    whole.add_typer(stack_app)
    return whole


def _app() -> typer.Typer:
    return typer.Typer(
        help=HELP,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # a message is a line, not a box that breaks paths apart
    )
