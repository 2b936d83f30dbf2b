"""`cqrs national`: nations through the deployed pipeline, with what they took and what that costs at AWS prices.

One is synthetic, in the real layout of QOF 2023/24. The other is that of 2018/19, held against what was published.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from cqrs.deployed import DeployedStack
from cqrs.local import FOLDER, LocalAws
from cqrs.local_stack import deploy_locally
from cqrs.nation_files import published_files, sample_files
from cqrs.national_run import PUBLISHED, SAMPLE, LargeFile, NationalRun, run_nation, say, send_tenfold, tell, tell_large
from cqrs.points_available import PointsComparison, compare_points
from cqrs.published import YEARS, PublishedDataAbsent, PublishedPractice, published_folder, published_practices
from schemas.catalogue import service_document

PRACTICES = 6_000


def national(
    practices: Annotated[int, typer.Option(min=4, help="How many practices the synthetic nation has.")] = PRACTICES,
) -> None:
    """Send a synthetic nation and the published one of 2018/19 through the deployed pipeline, and say what it took."""
    aws = LocalAws(folder=FOLDER.with_name(".local-national"))
    try:
        aws.start(fresh=True)
        national_sample(stack=deploy_locally(aws=aws), practices=practices)
        published = published_practices(folder=published_folder(), year=YEARS[PUBLISHED.service])
        aws.stop()
        aws.start(fresh=True)
        national_published(stack=deploy_locally(aws=aws), practices=published)
    except PublishedDataAbsent as absent:
        typer.echo(str(absent), err=True)
        raise typer.Exit(2) from absent
    finally:
        aws.stop()


def national_sample(*, stack: DeployedStack, practices: int) -> tuple[NationalRun, LargeFile]:
    """Send the synthetic nation, and then a file ten times as large as one of its suppliers' files."""
    with TemporaryDirectory() as name:
        folder, document = Path(name), service_document(SAMPLE.service)
        files = sample_files(folder=folder, document=document, practices=practices)
        run = run_nation(stack=stack, files=files, collection=SAMPLE)
        tell(title=f"{document.name}, synthetic, in the real layout", run=run)
        large = send_tenfold(stack=stack, files=files, folder=folder)
    tell_large(large)
    return run, large


def national_published(
    *, stack: DeployedStack, practices: tuple[PublishedPractice, ...]
) -> tuple[NationalRun, PointsComparison]:
    """Send the published nation, calculate it, and compare its points available with those published."""
    with TemporaryDirectory() as name:
        document = service_document(PUBLISHED.service)
        files = published_files(folder=Path(name), document=document, practices=practices)
        run = run_nation(stack=stack, files=files, collection=PUBLISHED)
    tell(title=f"{document.name}, as published", run=run)
    compared = compare_points(document=document, practices=practices, available=_available(stack, run.run))
    say("Points available", f"{compared.equal:,} of {compared.compared:,} equal to those published")
    for code, reason in compared.differing.items():
        say("  differs", f"{code}: {reason}")
    return run, compared


def _available(stack: DeployedStack, run: str) -> dict[str, int]:
    """The points available that the run gave each practice, in hundredths, from its evidence."""
    found = {}
    for key in stack.keys(bucket="EvidenceBucket", prefix=f"runs/{run}/working/"):
        for line in stack.object(bucket="EvidenceBucket", key=key).splitlines():
            told = json.loads(line)
            found[told["organisation"]] = told["available"]
    return found
