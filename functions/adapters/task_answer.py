"""Answering an execution that waits with a task token."""

import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

logger = logging.getLogger(__name__)
GONE = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


def answer_task(*, client: "SFNClient", token: str, answer: Mapping[str, object]) -> bool:
    """Answer whoever waits with a token. False when nobody does any more."""
    try:
        client.send_task_success(taskToken=token, output=json.dumps(answer))
    except ClientError as error:
        if error.response["Error"]["Code"] in GONE:
            return False
        # The decision stands in a table, where the execution looks when its wait ends, and a Resume before that.
        logger.exception("an execution could not be woken: %s", answer)
    return True
