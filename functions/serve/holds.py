"""Routes about held runs: what awaits me, the report, and the two decisions."""

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.approve import releasing
from functions.approve.hold_views import awaited_hold_view, hold_view
from functions.serve.request import RunId, granted, person, world
from schemas.api import AwaitedHoldView, HoldDecisionRequest, HoldView
from schemas.hold import HoldState

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped


@router.get("/holds", summary="Held runs that await me", tags=["holds"])
def awaiting() -> list[AwaitedHoldView]:
    """Every run that the gates hold and the reader may release or reject."""
    found = releasing.held_runs(person=person(router), world=world(router))
    return [awaited_hold_view(hold=hold) for hold in found]


@router.get("/holds/<run>", summary="Why a run is held", tags=["holds"])
def held_run(run: RunId) -> HoldView:
    """A held run as it stands, with everything that the gates found and what it is worth."""
    return _view(run)


@router.post("/holds/<run>/release", summary="Release a held run, with a reason", tags=["holds"])
def release(run: RunId, decision: HoldDecisionRequest) -> HoldView:
    """The run goes on and is published."""
    return _decide(run, HoldState.RELEASED, decision)


@router.post("/holds/<run>/reject", summary="Reject a held run, with a reason", tags=["holds"])
def reject(run: RunId, decision: HoldDecisionRequest) -> HoldView:
    """The run ends and nothing of it is ever published. Corrected files make another run."""
    return _decide(run, HoldState.REJECTED, decision)


def _decide(run: str, after: HoldState, request: HoldDecisionRequest) -> HoldView:
    who, where = person(router), world(router)
    granted(
        releasing.decide_hold(
            run=run, after=after, person=who, version=request.version, reason=request.reason, world=where
        )
    )
    return _view(run)


def _view(run: str) -> HoldView:
    found = granted(releasing.held_run(run=run, person=person(router), world=world(router)))
    hold, history, report = found
    return hold_view(hold=hold, history=history, report=report)
