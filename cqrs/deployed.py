"""A deployed stack as its operators use it: upload, calculate, invite people, call the API as one of them."""

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3

from functions.adapters.dynamodb import Table
from functions.adapters.grant_table import GrantTable
from functions.domain.check.place import report_folder, told_key
from infra.calculation import AWAIT_RELEASE
from schemas.collection import CollectionKey
from schemas.file import Acknowledgement, FileRecord, Receipt
from schemas.grant import Grant, Role

Found = TypeVar("Found")
PATIENCE_SECONDS = 150
POLL_SECONDS = 0.2
LAST_EVENTS = 5  # among them the step that was entered last: scheduled, started, submitted follow it
EXTRACT_OF_PASSWORD = 24


class HeldRun(Exception):  # noqa: N818  # says what a person has to do first
    """The run is held by its gates until somebody releases or rejects it."""

    def __init__(self, run: str) -> None:
        super().__init__(f"Run {run} is held: read its report, then release or reject it.")
        self.run = run


class NotInTime(Exception):  # noqa: N818  # says what did not happen
    """What was waited for did not happen in time."""


@dataclass(frozen=True)
class Person:
    """Somebody who signed in: the identity provider's identifier, and the token that proves it."""

    name: str
    subject: str
    token: str


@dataclass(frozen=True)
class Answer:
    """What the API answered: data where it is JSON, else text."""

    status: int
    body: Any
    media_type: str = "application/json"


class Options(Protocol):
    """A place that says what its clients are made with."""

    def options(self) -> dict[str, Any]:
        """The arguments of `boto3.client` beyond the service's name."""
        ...


@dataclass(frozen=True)
class DeployedStack:
    """The stack at a place, by its outputs. `api_url` is where its HTTP API answers."""

    place: Options
    outputs: Mapping[str, str]
    api_url: str

    def client(self, service: str) -> Any:  # noqa: ANN401  # boto3 makes its clients at run time
        """A client of an AWS service, for the account's operators."""
        return boto3.client(service, **self.place.options())  # type: ignore[call-overload]  # as above

    @cached_property
    def _s3(self) -> Any:  # noqa: ANN401  # as above
        return self.client("s3")

    def upload(self, *, file: Path, key: str) -> datetime:
        """Put a file where suppliers put theirs; when it was put, to the second."""
        self._s3.upload_file(str(file), self.outputs["ExchangeBucket"], key)
        put: datetime = self._s3.head_object(Bucket=self.outputs["ExchangeBucket"], Key=key)["LastModified"]
        return put.replace(microsecond=0)

    def acknowledged(self, *, key: str, since: datetime, timeout: float = PATIENCE_SECONDS) -> Acknowledgement:
        """The acknowledgement of what was put under a key at that moment or later, once it is there."""
        return waited(lambda: self._report(key, since), what=f"the report on {key}", timeout=timeout)

    def problems(self, *, record: FileRecord) -> str:
        """The problems of a file, as its supplier reads them."""
        folder = report_folder(key=record.key, file=record.id)
        return self.object(bucket="ExchangeBucket", key=f"{folder}/problems.csv").decode()

    def start_calculation(self, *, collection: CollectionKey) -> str:
        """Start a calculation; the execution's name."""
        machine = self.outputs["CalculationMachineArn"]
        answer = self.client("stepfunctions").start_execution(
            stateMachineArn=machine, input=collection.model_dump_json()
        )
        return str(answer["executionArn"])

    def calculated(self, *, execution: str, timeout: float = PATIENCE_SECONDS) -> Mapping[str, Any]:
        """What a calculation came to, once it has ended. Raises RuntimeError when it failed, HeldRun when it waits."""
        client = self.client("stepfunctions")

        def ended() -> Mapping[str, Any] | None:
            found: Mapping[str, Any] = client.describe_execution(executionArn=execution)
            if found["status"] != "RUNNING":
                return found
            held = _held_run(client, execution)
            if held is not None:
                raise HeldRun(held)
            return None

        end = waited(ended, what="the calculation's end", timeout=timeout)
        if end["status"] != "SUCCEEDED":
            raise RuntimeError(f"The calculation {end['status']}: {end.get('error')} {end.get('cause')}")
        result: Mapping[str, Any] = json.loads(end["output"])
        return result

    def invite(self, *, name: str) -> Person:
        """Make a user with a password that nobody keeps, and sign them in."""
        cognito, pool = self.client("cognito-idp"), self.outputs["UserPoolId"]
        password = f"{secrets.token_urlsafe(EXTRACT_OF_PASSWORD)}-aA1!"
        made = cognito.admin_create_user(
            UserPoolId=pool, Username=name, TemporaryPassword=password, MessageAction="SUPPRESS"
        )
        cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
        signed_in = cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=self.outputs["UserPoolClientId"],
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": password},
        )
        subject = next(a["Value"] for a in made["User"]["Attributes"] if a["Name"] == "sub")
        return Person(name=name, subject=subject, token=signed_in["AuthenticationResult"]["IdToken"])

    def grant(self, *, person: Person, role: Role, organisation: str) -> None:
        """Grant somebody a role."""
        table = Table(client=self.client("dynamodb"), name=self.outputs["GrantsTable"])
        GrantTable(table=table).give(grant=Grant(person=person.subject, organisation=organisation, role=role))

    def call(
        self, *, method: str, path: str, person: Person | None, body: Mapping[str, object] | bytes | None = None
    ) -> Answer:
        """Call the API as somebody, or as nobody. A body of bytes is a file, any other is JSON."""
        file = isinstance(body, bytes)
        headers = {"Content-Type": "application/octet-stream" if file else "application/json"}
        if person is not None:
            headers["Authorization"] = f"Bearer {person.token}"
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = Request(f"{self.api_url}{path}", data=data, headers=headers, method=method)  # noqa: S310  # our own
        try:
            with urlopen(request) as answer:  # noqa: S310  # as above
                return Answer(answer.status, _json(answer.read()), answer.headers.get_content_type())
        except HTTPError as error:
            return Answer(status=error.code, body=_json(error.read()))

    def keys(self, *, bucket: str, prefix: str) -> Iterator[str]:
        """The keys under a prefix in one of the stack's buckets, named by its output."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.outputs[bucket], Prefix=prefix)
        return (found["Key"] for page in pages for found in page.get("Contents", ()))

    def _report(self, key: str, since: datetime) -> Acknowledgement | None:
        place = told_key(key=key)
        found = [one for one in self._receipts(place) if one.key == place and one.received_at >= since]
        if not found:
            return None
        latest = max(found, key=lambda receipt: receipt.received_at)
        folder = report_folder(key=key, file=latest.file)
        return Acknowledgement.model_validate_json(self.object(bucket="ExchangeBucket", key=f"{folder}/report.json"))

    def _receipts(self, place: str) -> Iterator[Receipt]:
        for key in self.keys(bucket="ExchangeBucket", prefix=f"reports/{place}/"):
            if "/received/" in key:
                yield Receipt.model_validate_json(self.object(bucket="ExchangeBucket", key=key))

    def object(self, *, bucket: str, key: str) -> bytes:
        """The content of an object in one of the stack's buckets, named by its output."""
        body: bytes = self._s3.get_object(Bucket=self.outputs[bucket], Key=key)["Body"].read()
        return body


def waited(look: Callable[[], Found | None], *, what: str, timeout: float = PATIENCE_SECONDS) -> Found:
    """What `look` finds, as soon as it finds it. Raises NotInTime."""
    deadline = time.monotonic() + timeout
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise NotInTime(f"{what} did not come within {timeout} seconds")
        time.sleep(POLL_SECONDS)
    return found


def _held_run(client: Any, execution: str) -> str | None:  # noqa: ANN401  # boto3 makes its clients at run time
    """The run for whose release an execution waits, if it does: the last step that it has entered says so."""
    history = client.get_execution_history(executionArn=execution, reverseOrder=True, maxResults=LAST_EVENTS)
    entered = (event["stateEnteredEventDetails"] for event in history["events"] if "stateEnteredEventDetails" in event)
    last = next(entered, None)
    if last is None or last["name"] != AWAIT_RELEASE:
        return None
    return str(json.loads(last["input"])["run"]["id"])


def _json(body: bytes) -> Any:  # noqa: ANN401  # whatever JSON there is
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
