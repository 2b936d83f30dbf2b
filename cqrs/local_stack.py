"""The stack on the local AWS: the same assembly that goes to an account, deployed to the emulator."""

from collections.abc import Mapping

from cqrs.assembly import assembly
from cqrs.deployed import DeployedStack
from cqrs.deployment import deploy
from cqrs.local import LocalAws


def deploy_locally(*, aws: LocalAws, parameters: Mapping[str, str] | None = None) -> DeployedStack:
    """Bring a running local AWS to what the sources say, and return the stack there."""
    place = aws.place
    outputs = deploy(assembly("local"), place, parameters=parameters)
    return DeployedStack(place=place, outputs=outputs, api_url=aws.api_url(outputs["ApiId"]))
