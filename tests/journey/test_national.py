"""The published nation of 2018/19, through the deployed pipeline: points available as they were published."""

import pytest

from cqrs.deployed import DeployedStack
from cqrs.local import LocalAws
from cqrs.local_stack import deploy_locally
from cqrs.national import national_published, national_sample
from cqrs.national_run import MOST_MEMORY, MOST_UNITS, PUBLISHED
from cqrs.published import YEARS, PublishedDataAbsent, PublishedPractice, published_folder, published_practices

SOME = 400  # practices; `make national` sends all


@pytest.fixture(scope="module")
def practices() -> tuple[PublishedPractice, ...]:
    try:
        return published_practices(folder=published_folder(), year=YEARS[PUBLISHED.service])
    except PublishedDataAbsent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="module")
def patient_stack(local_aws: LocalAws) -> DeployedStack:
    """The stack with its own time-outs: a national file takes longer to read than the tests of dead letters wait."""
    return deploy_locally(aws=local_aws)


def test_points_available_are_those_published(
    patient_stack: DeployedStack, practices: tuple[PublishedPractice, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        run, compared = national_published(stack=patient_stack, practices=practices)
    assert compared.compared == 6854
    assert compared.equal >= 6849
    assert all("its register is not published" in reason for reason in compared.differing.values())
    assert (run.calculated, run.incomplete) == (6854, 19)


def test_a_nation_in_the_real_layout_is_complete_on_small_functions_and_few_write_units(
    patient_stack: DeployedStack, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        run, large = national_sample(stack=patient_stack, practices=SOME)
    assert (run.calculated, run.incomplete) == (SOME, 0)
    assert run.units_per_practice <= MOST_UNITS
    assert large.practices == large.complete == SOME / 4
    assert large.rows >= 9 * run.rows / 4  # ten times what a supplier sent; some send more values twice than others
    assert large.peak is None or large.peak <= MOST_MEMORY
