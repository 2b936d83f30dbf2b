"""The workflow beside each declaration, as a Step Functions state machine."""

import json
from typing import TYPE_CHECKING

from functions.adapters.declaration_table import declaration_partition
from functions.adapters.task_answer import answer_task
from schemas.declaration import Declaration, DeclarationKey, State

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class DeclarationWorkflow:
    """The port `Workflow` on Step Functions."""

    def __init__(self, *, client: "SFNClient", machine: str) -> None:
        self._client = client
        self._machine = machine

    def start(self, *, declaration: Declaration, attempt: str) -> None:
        """Start the workflow; its name says what for, so that the same attempt made twice is one."""
        key = declaration.key
        name = f"{key.service}-{key.achievement_date:%Y%m%d}-{key.organisation}-{declaration.version}-{attempt}"
        payload = {"pk": declaration_partition(key), "declaration": key.model_dump(mode="json")}
        try:
            self._client.start_execution(stateMachineArn=self._machine, name=name, input=json.dumps(payload))
        except self._client.exceptions.ExecutionAlreadyExists:
            return

    def wake(self, *, token: str, key: DeclarationKey, state: State) -> bool:
        """Tell the waiting workflow the new state."""
        answer = {"declaration": key.model_dump(mode="json"), "state": state}
        return answer_task(client=self._client, token=token, answer=answer)
