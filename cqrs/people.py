"""`cqrs people`: who may use the service, and in which role. Nobody may do anything that was not granted."""

from typing import Annotated

import typer

from cqrs.deployed import DeployedStack
from cqrs.located import Local, located_stack
from functions.adapters.dynamodb import Table
from functions.adapters.grant_table import GrantTable
from schemas.grant import Grant, Role

people_app = typer.Typer(help="Who may use the service, and in which role.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The name under which the person signs in.")]


@people_app.command()
def invite(
    name: Name,
    email: Annotated[str, typer.Option(help="Where the invitation goes; only the user pool keeps it.")],
    *,
    local: Local = False,
) -> None:
    """Invite somebody: the user pool sends a first password, and they can see the services and nothing else."""
    stack = located_stack(local=local)
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    stack.client("cognito-idp").admin_create_user(
        UserPoolId=stack.outputs["UserPoolId"], Username=name, UserAttributes=attributes
    )
    typer.echo(f"{name} is invited. Grant roles with `cqrs people grant`.")


@people_app.command()
def grant(
    name: Name,
    role: Annotated[Role, typer.Argument(help="The role.")],
    organisation: Annotated[
        str, typer.Argument(help="The practice, the commissioner whose practices it reaches, or a supplier's folder.")
    ],
    *,
    local: Local = False,
) -> None:
    """Grant somebody a role for one organisation."""
    stack = located_stack(local=local)
    _grants(stack).give(grant=Grant(person=_subject(stack, name), organisation=organisation, role=role))
    typer.echo(f"{name} holds {role} for {organisation}.")


@people_app.command()
def grants(name: Name, *, local: Local = False) -> None:
    """List the roles that somebody holds."""
    stack = located_stack(local=local)
    for held in _grants(stack).grants(person=_subject(stack, name)):
        typer.echo(f"{held.role}\t{held.organisation}")


def _grants(stack: DeployedStack) -> GrantTable:
    return GrantTable(table=Table(client=stack.client("dynamodb"), name=stack.outputs["GrantsTable"]))


def _subject(stack: DeployedStack, name: str) -> str:
    found = stack.client("cognito-idp").admin_get_user(UserPoolId=stack.outputs["UserPoolId"], Username=name)
    return next(str(one["Value"]) for one in found["UserAttributes"] if one["Name"] == "sub")
