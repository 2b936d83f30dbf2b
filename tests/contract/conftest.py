"""Every contract is run against the fake and the real adapter; the real one talks to AWS as moto plays it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.adapters.dynamodb import Table
from functions.runtime.wiring import CONFIG

REGION = "eu-west-2"


@pytest.fixture
def aws() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def table(aws: None) -> Table:
    del aws
    client: Any = boto3.client("dynamodb", region_name=REGION, config=CONFIG)
    attributes = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "awaits")]
    client.create_table(
        TableName="table",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=attributes,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "awaiting",
                "KeySchema": [
                    {"AttributeName": "awaits", "KeyType": "HASH"},
                    {"AttributeName": "pk", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    return Table(client=client, name="table")


@pytest.fixture(params=["in memory", "on AWS"])
def where(request: pytest.FixtureRequest) -> str:
    return str(request.param)
