"""The calculation machine, for runs that were held."""

import json
from typing import TYPE_CHECKING

from functions.adapters.task_answer import answer_task
from schemas.hold import Hold

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class CalculationWorkflow:
    """The port `RunWorkflow` on Step Functions."""

    def __init__(self, *, client: "SFNClient", machine: str) -> None:
        self._client = client
        self._machine = machine

    def start(self, *, hold: Hold, attempt: str) -> None:
        """Start an execution that takes the frozen run up; its name says what for, so that an attempt is one."""
        name = f"{hold.run}-{hold.version}-{attempt}"
        payload = json.dumps({**hold.collection.model_dump(mode="json"), "run": hold.run})
        try:
            self._client.start_execution(stateMachineArn=self._machine, name=name, input=payload)
        except self._client.exceptions.ExecutionAlreadyExists:
            return

    def wake(self, *, token: str, hold: Hold) -> bool:
        """Tell the waiting execution how its run was decided."""
        return answer_task(client=self._client, token=token, answer={"run": hold.run, "state": hold.state})
