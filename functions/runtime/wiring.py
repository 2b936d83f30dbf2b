"""The composition root: what each function needs, wired to AWS from the environment."""

from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.config import Config

from functions.adapters.achievement_table import AchievementTable
from functions.adapters.decision_table import DecisionTable
from functions.adapters.declaration_table import DeclarationTable
from functions.adapters.declaration_workflow import DeclarationWorkflow
from functions.adapters.dynamodb import Table
from functions.adapters.event_bus import EventBus
from functions.adapters.grant_table import GrantTable
from functions.adapters.hold_table import HoldTable
from functions.adapters.organisation_table import OrganisationTable
from functions.adapters.participation_table import ParticipationTable
from functions.adapters.reading_workflow import ReadingWorkflow
from functions.adapters.run_workflow import CalculationWorkflow
from functions.adapters.s3_objects import S3Objects
from functions.adapters.s3_quarantine import S3Quarantine
from functions.adapters.submission_table import SubmissionTable
from functions.adapters.write_units import WriteUnits
from functions.approve.declaring import Declaring
from functions.calculate.calculation import Calculation
from functions.check.checking import Checking, Known
from functions.code_version import code_version
from functions.ingest.upload import Ingestion
from functions.runtime.environment import environment

# Every value was checked by our own models before it comes this far; checking it again costs more than the write.
CONFIG = Config(retries={"mode": "standard", "max_attempts": 8}, parameter_validation=False)


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(tz=UTC)


def ingestion() -> Ingestion:
    """What taking in needs."""
    names, dynamodb, s3 = environment(), _client("dynamodb"), _client("s3")
    return Ingestion(
        exchange=S3Objects(client=s3, bucket=names.EXCHANGE_BUCKET),
        quarantine=S3Quarantine(client=s3, uploads=names.EXCHANGE_BUCKET, quarantine=names.QUARANTINE_BUCKET),
        reading=S3Objects(client=s3, bucket=names.READING_BUCKET),
        continuing=ReadingWorkflow(client=_client("stepfunctions"), machine=names.READING_MACHINE_ARN),
        submissions=SubmissionTable(table=Table(client=dynamodb, name=names.SUBMISSIONS_TABLE)),
        organisations=OrganisationTable(table=Table(client=dynamodb, name=names.ORGANISATIONS_TABLE)),
        participation=ParticipationTable(table=Table(client=dynamodb, name=names.PARTICIPATION_TABLE)),
        decisions=DecisionTable(table=Table(client=dynamodb, name=names.ORGANISATIONS_TABLE)),
        bus=EventBus(client=_client("events"), bus=names.EVENT_BUS),
        write_units=WriteUnits(client=dynamodb).taken,
        code_version=code_version,
    )


def calculation() -> Calculation:
    """What calculating needs."""
    names, dynamodb = environment(), _client("dynamodb")
    return Calculation(
        submissions=SubmissionTable(table=Table(client=dynamodb, name=names.SUBMISSIONS_TABLE)),
        organisations=OrganisationTable(table=Table(client=dynamodb, name=names.ORGANISATIONS_TABLE)),
        participation=ParticipationTable(table=Table(client=dynamodb, name=names.PARTICIPATION_TABLE)),
        decisions=DecisionTable(table=Table(client=dynamodb, name=names.ORGANISATIONS_TABLE)),
        achievements=AchievementTable(table=Table(client=dynamodb, name=names.ACHIEVEMENTS_TABLE)),
        holds=HoldTable(table=Table(client=dynamodb, name=names.HOLDS_TABLE)),
        evidence=S3Objects(client=_client("s3"), bucket=names.EVIDENCE_BUCKET),
        bus=EventBus(client=_client("events"), bus=names.EVENT_BUS),
        clock=utc_now,
        code_version=code_version,
        write_units=WriteUnits(client=dynamodb).taken,
    )


def declaring() -> Declaring:
    """What declaring and approving need."""
    names, dynamodb, machines = environment(), _client("dynamodb"), _client("stepfunctions")
    return Declaring(
        achievements=AchievementTable(table=Table(client=dynamodb, name=names.ACHIEVEMENTS_TABLE)),
        declarations=DeclarationTable(table=Table(client=dynamodb, name=names.DECLARATIONS_TABLE)),
        grants=GrantTable(table=Table(client=dynamodb, name=names.GRANTS_TABLE)),
        organisations=OrganisationTable(table=Table(client=dynamodb, name=names.ORGANISATIONS_TABLE)),
        evidence=S3Objects(client=_client("s3"), bucket=names.EVIDENCE_BUCKET),
        workflow=DeclarationWorkflow(client=machines, machine=names.DECLARATION_MACHINE_ARN),
        holds=HoldTable(table=Table(client=dynamodb, name=names.HOLDS_TABLE)),
        runs=CalculationWorkflow(client=machines, machine=names.CALCULATION_MACHINE_ARN),
        clock=utc_now,
    )


def checking() -> Checking:
    """What a supplier's self-check and its looking at its own files need."""
    names, dynamodb = environment(), _client("dynamodb")
    return Checking(
        known=Known(
            organisations=OrganisationTable(table=Table(client=dynamodb, name=names.ORGANISATIONS_TABLE)),
            participation=ParticipationTable(table=Table(client=dynamodb, name=names.PARTICIPATION_TABLE)),
        ),
        submissions=SubmissionTable(table=Table(client=dynamodb, name=names.SUBMISSIONS_TABLE)),
        reports=S3Objects(client=_client("s3"), bucket=names.EXCHANGE_BUCKET),
        grants=GrantTable(table=Table(client=dynamodb, name=names.GRANTS_TABLE)),
        clock=utc_now,
        code_version=code_version,
    )


def _client(service: str) -> Any:  # noqa: ANN401  # boto3 makes its clients at run time
    return boto3.client(service, config=CONFIG)  # type: ignore[call-overload]  # as above
