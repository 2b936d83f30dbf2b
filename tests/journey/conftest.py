"""One local AWS for the whole session, in a folder of its own, with the synthesised assembly deployed to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cqrs.deployed import DeployedStack
from cqrs.local import LocalAws
from cqrs.local_stack import deploy_locally

# A poisoned message comes back three times before it is dead; nobody waits half an hour for each.
QUICK = {"UploadsVisibilitySeconds": "5"}


@pytest.fixture(scope="session")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    aws = LocalAws(folder=tmp_path_factory.mktemp("local-aws"))
    aws.start(fresh=True)
    yield aws
    aws.stop()


@pytest.fixture(scope="session")
def stack(local_aws: LocalAws) -> DeployedStack:
    return deploy_locally(aws=local_aws, parameters=QUICK)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")
