"""What a run took, as the functions and machines of a deployed stack report it, and what that costs at AWS prices.

Prices are the public ones of us-east-1, in dollars: DynamoDB on demand 0.625 per million write units; Step Functions
0.025 per thousand Standard transitions and 1.00 per million Express requests; Lambda on arm64 0.0000133334 per
gigabyte-second. Reading, storage and requests to S3 are left out: for a nation they are cents a month.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cqrs.deployed import DeployedStack

WRITE_UNIT = Decimal("0.625") / 1_000_000
STANDARD_TRANSITION = Decimal("0.025") / 1_000
EXPRESS_REQUEST = Decimal("1.00") / 1_000_000
GIGABYTE_SECOND = Decimal("0.0000133334")

_REPORT = re.compile(r"Billed Duration: (\d+) ms\s+Memory Size: (\d+) MB")


@dataclass(frozen=True)
class Cost:
    """What was used: write units, Standard transitions, Express requests, gigabyte-seconds of functions."""

    write_units: Decimal
    transitions: int
    express_requests: int
    gigabyte_seconds: Decimal

    @property
    def dollars(self) -> Decimal:
        """What that costs."""
        return (
            self.write_units * WRITE_UNIT
            + self.transitions * STANDARD_TRANSITION
            + self.express_requests * EXPRESS_REQUEST
            + self.gigabyte_seconds * GIGABYTE_SECOND
        )


def run_cost(*, stack: DeployedStack, execution: str, batches: int, since: float) -> Cost:
    """What the functions have used since a moment (in seconds since 1970), and the transitions of one calculation."""
    lines = list(_log_lines(stack, since))
    return Cost(
        write_units=sum((Decimal(str(line.get("write_units", 0))) for line in map(_fields, lines)), Decimal(0)),
        transitions=_transitions(stack, execution),
        express_requests=batches,
        gigabyte_seconds=sum(map(_gigabyte_seconds, lines), Decimal(0)),
    )


def ingest_peak(*, stack: DeployedStack, since: float) -> int | None:
    """The most memory that Ingest has said since then that it ever held, in MiB; None where it does not say."""
    told = (line.get("peak_mebibytes") for line in map(_fields, _log_lines(stack, since)))
    return max((int(peak) for peak in told if peak is not None), default=None)


def _transitions(stack: DeployedStack, execution: str) -> int:
    pages = stack.client("stepfunctions").get_paginator("get_execution_history").paginate(executionArn=execution)
    return sum(event["type"].endswith("StateEntered") for page in pages for event in page["events"])


def _log_lines(stack: DeployedStack, since: float) -> Iterator[str]:
    logs, start = stack.client("logs"), int(since * 1000)
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            found = logs.get_paginator("filter_log_events")
            for events in found.paginate(logGroupName=group["logGroupName"], startTime=start):
                yield from (event["message"] for event in events["events"])


def _fields(line: str) -> Mapping[str, Any]:
    if not line.startswith("{"):
        return {}
    fields: Mapping[str, Any] = json.loads(line)
    return fields


def _gigabyte_seconds(line: str) -> Decimal:
    found = _REPORT.search(line)
    return Decimal(0) if found is None else Decimal(found[1]) * Decimal(found[2]) / 1_024_000
