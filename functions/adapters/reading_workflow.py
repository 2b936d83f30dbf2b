"""The workflow that reads on, as a Step Functions state machine."""

from typing import TYPE_CHECKING

from functions.domain.digest import digest
from schemas.continuation import Continuation

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class ReadingWorkflow:
    """The port `Continuing` on Step Functions."""

    def __init__(self, *, client: "SFNClient", machine: str) -> None:
        self._client = client
        self._machine = machine

    def start(self, *, continuation: Continuation) -> None:
        """Start an execution named by the upload alone, so that a delivery that comes twice starts one."""
        put = (continuation.key, continuation.version or "", continuation.received_at.isoformat())
        name = digest(*put, continuation.sequencer)
        try:
            self._client.start_execution(stateMachineArn=self._machine, name=name, input=continuation.model_dump_json())
        except self._client.exceptions.ExecutionAlreadyExists:
            return
