"""The command line: everything that can be done with the service, by name."""

import typer

from cqrs.calculate import calculate
from cqrs.demo import demo
from cqrs.local import local_app
from cqrs.sample import sample
from cqrs.services import services_app

app = typer.Typer(
    help="Calculating Quality Reporting Service: from a supplier's extract to an approved payment.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # a message is a line, not a box that breaks paths apart
)
app.add_typer(services_app, name="services")
app.add_typer(local_app, name="local")
app.command()(calculate)
app.command()(sample)
app.command()(demo)


def main() -> None:
    """The console script `cqrs`."""
    app()
