"""`python -m infra.app --stage aws --out FOLDER` writes the cloud assembly of a stage.

Calls no AWS and needs no credentials; once the layers are built it needs no network either.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from aws_cdk import Acknowledgment, App, Validations
from cdk_nag import AwsSolutionsChecks

from infra.bundle import ROOT
from infra.reasons import ACKNOWLEDGEMENTS, Acknowledgement
from infra.service import STACK, Service
from infra.stage import STAGES, Stage


def synthesise(
    stage: Stage, out: Path | None, *, acknowledgements: Sequence[Acknowledgement] = ACKNOWLEDGEMENTS
) -> None:
    """Write the stage's cloud assembly to the folder; the aws stage is checked by cdk-nag on the way.

    Raises RuntimeError when a rule of cdk-nag is broken without an acknowledgement; the report lies in the folder.
    """
    settings = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))
    app = App(outdir=str(out) if out else None, context=settings["context"])
    stack = Service(app, STACK, stage=stage)
    if stage.enforce_tls:  # a rule asks for it, so the local stage cannot be clean
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        for line in acknowledgements:
            Validations.of(stack).acknowledge(Acknowledgment(id=line.rule, reason=line.because))
    app.synth()


def main() -> None:
    """Read the arguments, and write the assembly: where the CDK command line wants it, when no folder is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=sorted(STAGES), default="aws")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    synthesise(STAGES[arguments.stage], arguments.out)


if __name__ == "__main__":
    main()
