"""What the deployed functions kept is enough to make a run again, and to explain it, without anything else."""

import pytest

from functions.explain.reading import NotInRun, RunEvidence
from functions.explain.replaying import UNCOVERED, replay_run
from schemas.run import Run
from tests.integration.test_calculating import CODES, calculated, frozen, send
from tests.integration.worlds import World, practice_rows


@pytest.fixture
def world() -> World:
    world = World()
    world.know(*CODES)
    send(world, *(practice_rows(code) for code in CODES))
    return world


@pytest.fixture
def run(world: World) -> Run:
    run = frozen(world)
    calculated(world, run)
    return run


def held(world: World, run: Run) -> RunEvidence:
    return RunEvidence(id=run.id, evidence=world.evidence)


def test_a_run_of_the_deployed_functions_is_reproduced(world: World, run: Run) -> None:
    replayed = replay_run(held=held(world, run), code="this code")
    assert replayed.reproduced
    sentence, uncovered = replayed.sentences
    assert sentence.startswith("reproduced: 3 practices, £")
    assert uncovered == UNCOVERED


def test_other_code_alone_is_said_and_the_run_is_still_reproduced(world: World, run: Run) -> None:
    replayed = replay_run(held=held(world, run), code="that code")
    assert replayed.reproduced
    assert replayed.sentences[0] == (
        "The code differs: this installation is that code, the run was calculated by this code."
    )


def test_a_practice_that_lost_its_working_is_not_passed_over(world: World, run: Run) -> None:
    key = f"runs/{run.id}/working/0002.jsonl"
    world.evidence.held[key] = b""
    replayed = replay_run(held=held(world, run), code="this code")
    assert not replayed.reproduced
    assert replayed.sentences == (
        "The working of batch 2 has 0 practices, not 1.",
        "The working of A81003 is not among them.",
    )
    del world.evidence.held[key]
    assert not replay_run(held=held(world, run), code="this code").reproduced


def test_many_practices_that_differ_are_counted_and_the_first_are_named() -> None:
    world = World()
    codes = [f"A8100{number}" for number in range(8)]
    world.know(*codes)
    send(world, *(practice_rows(code) for code in codes))
    run = frozen(world)
    calculated(world, run, size=100)
    key = f"runs/{run.id}/working/0001.jsonl"
    world.evidence.held[key] = world.evidence.held[key].replace(b'"payment":', b'"payment":1')
    sentences = replay_run(held=held(world, run), code="this code").sentences
    assert [sentence.split()[3] for sentence in sentences[:5]] == codes[:5]
    assert sentences[5:] == ("And 3 more differ.",)


def test_a_practice_is_found_in_its_batch_and_one_of_another_run_is_not(world: World, run: Run) -> None:
    found = held(world, run)
    for code in CODES:
        assert found.explained(line=found.working_line(organisation=code)).organisation == code
        inputs = found.practice(code)
        assert inputs is not None
        assert inputs.organisation == code
    assert found.practice("Z99999") is None
    with pytest.raises(NotInRun, match="Z99999 was not calculated in run"):
        found.working_line(organisation="Z99999")


def test_a_run_that_was_not_calculated_yet_is_made_from_its_inputs_and_lacks_a_working_to_compare(world: World) -> None:
    run = frozen(world)
    replayed = replay_run(held=held(world, run), code="this code")
    assert (replayed.reproduced, replayed.missing) == (False, True)
    lacking, sound = replayed.sentences
    assert lacking.startswith(f"There is no runs/{run.id}/batches.jsonl and no working to compare: the run was held or")
    assert sound.startswith("Its inputs, document and national figures are sound: 3 practices, £")


def test_a_held_run_whose_national_figures_are_others_differs(world: World) -> None:
    run = frozen(world)
    key = f"runs/{run.id}/national.json"
    world.evidence.held[key] = world.evidence.held[key].replace(b'"people":2', b'"people":9')
    replayed = replay_run(held=held(world, run), code="this code")
    assert (replayed.reproduced, replayed.missing) == (False, False)
    assert replayed.sentences == ("The national figures differ: people (kept 94,000, now 24,000).",)


def test_who_was_left_out_is_as_many_as_the_run_says(world: World, run: Run) -> None:
    world.evidence.held[f"runs/{run.id}/left_out.json"] = b'{"A81009":["tpp"]}'
    sentences = replay_run(held=held(world, run), code="this code").sentences
    assert sentences == (f"runs/{run.id}/left_out.json does not name the 0 practices that were left out.",)
