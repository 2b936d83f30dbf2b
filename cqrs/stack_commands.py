"""The commands that drive a deployed stack."""

import typer

from cqrs.assembly import assembly_app
from cqrs.demo import demo
from cqrs.local import local_app
from cqrs.national import national
from cqrs.people import people_app
from cqrs.runs import gates, run, runs
from functions.serve.handler import openapi as openapi_document
from schemas.acknowledgement import acknowledgement_schema

stack_app = typer.Typer()
stack_app.add_typer(local_app, name="local")
stack_app.add_typer(assembly_app, name="assembly")
stack_app.add_typer(people_app, name="people")
stack_app.command()(run)
stack_app.command()(gates)
stack_app.command()(runs)
stack_app.command()(demo)
stack_app.command()(national)


@stack_app.command()
def openapi() -> None:
    """Print the OpenAPI document of the HTTP API."""
    typer.echo(openapi_document())


@stack_app.command()
def schema() -> None:
    """Print the JSON schema of `report.json`, the acknowledgement of a file."""
    typer.echo(acknowledgement_schema())
