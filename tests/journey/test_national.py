"""The published nation of 2018/19, through the deployed pipeline: points available as they were published."""

import pytest

from cqrs.deployed import DeployedStack
from cqrs.local import LocalAws
from cqrs.local_stack import deploy_locally
from cqrs.national import COLLECTION, run_nation, tell
from cqrs.published import YEARS, PublishedDataAbsent, PublishedPractice, published_folder, published_practices


@pytest.fixture(scope="module")
def practices() -> tuple[PublishedPractice, ...]:
    try:
        return published_practices(folder=published_folder(), year=YEARS[COLLECTION.service])
    except PublishedDataAbsent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="module")
def patient_stack(local_aws: LocalAws) -> DeployedStack:
    """The stack with its own time-outs: a national file takes longer to read than the tests of dead letters wait."""
    return deploy_locally(aws=local_aws)


def test_points_available_are_those_published(
    patient_stack: DeployedStack, practices: tuple[PublishedPractice, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    run = run_nation(stack=patient_stack, practices=practices)
    with capsys.disabled():
        tell(run)
    assert run.compared == 6854
    assert run.equal >= 6849
    assert all("its register is not published" in reason for reason in run.differing.values())
    assert (run.calculated, run.incomplete) == (6854, 19)
    assert run.cost.write_units / run.practices <= 5  # organisations 1, values 2, results 1
