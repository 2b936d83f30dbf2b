"""The command line: everything that can be done with the service, by name.

An analyst's commands start at once: what drives a deployed stack is imported only by the commands that do.
"""

import sys

import typer

from cqrs.calculate import calculate
from cqrs.sample import sample
from cqrs.services import services_app

app = typer.Typer(
    help="Calculating Quality Reporting Service: from a supplier's extract to an approved payment.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # a message is a line, not a box that breaks paths apart
)
app.add_typer(services_app, name="services")
app.command()(calculate)
app.command()(sample)

ANALYST_COMMANDS = frozenset({"services", "calculate", "sample"})
EVIDENCE_COMMANDS = frozenset({"explain", "replay", "diff"})


def main() -> None:
    """The console script `cqrs`."""
    if ANALYST_COMMANDS.intersection(sys.argv[1:2]):
        app()
    elif EVIDENCE_COMMANDS.intersection(sys.argv[1:2]):
        evidence_app()()
    else:
        whole_app()()


def evidence_app() -> typer.Typer:
    """The commands that read the evidence of runs."""
    from cqrs.explain import explain_app  # noqa: PLC0415  # nobody else is to wait for it

    return explain_app


def whole_app() -> typer.Typer:
    """The command line with every command."""
    from cqrs.stack_commands import stack_app  # noqa: PLC0415  # boto3 and the rest take most of a second to import

    whole = typer.Typer(help=app.info.help, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
    whole.add_typer(app)
    whole.add_typer(evidence_app())
    whole.add_typer(stack_app)
    return whole
