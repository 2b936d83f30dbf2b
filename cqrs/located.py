"""Finding the deployed stack: in the AWS account of somebody's credentials, or on the local AWS."""

from dataclasses import dataclass
from typing import Annotated, Any

import boto3
import typer

from cqrs.deployed import DeployedStack
from cqrs.deployment import stack_outputs
from cqrs.local import LocalAws

Local = Annotated[bool, typer.Option("--local", help="On the local AWS instead of the account of your credentials.")]


@dataclass(frozen=True)
class Account:
    """The AWS account and region that the environment's credentials and settings name."""

    def options(self) -> dict[str, Any]:
        """What every client is made with: nothing beyond what boto3 finds by itself."""
        return {}


def located_stack(*, local: bool) -> DeployedStack:
    """The stack that is deployed there."""
    aws = LocalAws()
    place = aws.place if local else Account()
    outputs = stack_outputs(boto3.client("cloudformation", **place.options()))
    api_url = aws.api_url(outputs["ApiId"]) if local else outputs["ApiUrl"]
    return DeployedStack(place=place, outputs=outputs, api_url=api_url)
