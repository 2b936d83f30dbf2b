"""One practice's way through the deployed stack: from its supplier's upload to its payment instruction."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cqrs.deployed import Answer, DeployedStack, Person, waited
from schemas.collection import CollectionKey
from schemas.file import FileRecord
from schemas.grant import Role


@dataclass(frozen=True)
class Deciders:
    """The three different people that a payment takes."""

    declarer: Person
    approver: Person
    payer: Person


class UnexpectedAnswer(RuntimeError):  # noqa: N818  # says what came instead
    """The API did not answer as the journey needs."""


def send_files(
    *,
    stack: DeployedStack,
    organisations: Path,
    participants: Path,
    extracts: Mapping[str, Path],
    collection: CollectionKey,
) -> tuple[FileRecord, ...]:
    """Upload organisations and who takes part, then each supplier's extract; every acknowledgement, in that order."""
    reference = {
        f"organisations/{organisations.name}": organisations,
        f"participation/{participants.name}": participants,
    }
    first = [stack.acknowledged(key=key, since=stack.upload(file=file, key=key)) for key, file in reference.items()]
    keys = {
        f"extracts/{supplier}/{collection.service}/{collection.run_kind}/{file.name}": file
        for supplier, file in extracts.items()
    }
    uploaded = {key: stack.upload(file=file, key=key) for key, file in keys.items()}
    return (*first, *(stack.acknowledged(key=key, since=moment) for key, moment in uploaded.items()))


def invite_deciders(*, stack: DeployedStack, practice: str, commissioner: str) -> Deciders:
    """Invite three people and grant each the one role that they need."""
    people = []
    for name, role, organisation in (
        ("practice.manager", Role.DECLARATION_MANAGEMENT, practice),
        ("commissioner.approver", Role.APPROVAL_MANAGEMENT, commissioner),
        ("commissioner.finance", Role.FINANCE_MANAGEMENT, commissioner),
    ):
        person = stack.invite(name=name)
        stack.grant(person=person, role=role, organisation=organisation)
        people.append(person)
    return Deciders(*people)


def declare_and_approve(*, stack: DeployedStack, path: str, people: Deciders) -> Mapping[str, Any]:
    """Declare, approve and approve for payment, each by its person; the declaration once it is instructed."""
    for person, step in (
        (people.declarer, "declare"),
        (people.approver, "approve"),
        (people.payer, "finance-approve"),
    ):
        seen = granted(stack.call(method="GET", path=f"/declarations/{path}", person=person))
        body = {"version": seen["version"], "notes": f"{step} in the journey"}
        granted(stack.call(method="POST", path=f"/declarations/{path}/{step}", person=person, body=body))

    def instructed() -> Mapping[str, Any] | None:
        found = granted(stack.call(method="GET", path=f"/declarations/{path}", person=people.payer))
        return found if found["instruction"] else None

    return waited(instructed, what="the payment instruction")


def granted(answer: Answer) -> Mapping[str, Any]:
    """What the API gave. Raises UnexpectedAnswer where it refused."""
    if answer.status != 200:  # noqa: PLR2004  # HTTP's word for yes
        raise UnexpectedAnswer(f"The API answered {answer.status}: {answer.body}")
    body: Mapping[str, Any] = answer.body
    return body
