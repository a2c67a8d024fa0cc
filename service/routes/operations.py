"""Operations that keep nothing: is this instance sound, and what is this roster worth."""

from fastapi import APIRouter

from scheduler.checker import Finding, Report
from scheduler.checker.figures import figures
from scheduler.checker.sentences import sentence
from scheduler.due import expand
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Instance, Roster
from service import inputs
from service.examples import TINY, TINY_ROSTER, example
from service.routes.common import Use, body, errors
from service.routes.named import named_week
from service.wire import (
    Both,
    Evaluation,
    EvaluationRequest,
    FindingOut,
    RulePoints,
    Validation,
    faults,
)

router = APIRouter(tags=["operations"])


@router.post(
    "/validations",
    responses=errors(413, 415),
    openapi_extra=body((inputs.JSON, "Instance", example("tiny", TINY)), (inputs.WORKBOOK, "", {})),
)
def post_validation(upload: inputs.InstanceUpload) -> Validation:
    """Every fault of an instance, without solving or keeping it."""
    inspection = inputs.inspect(upload)
    return Validation(
        valid=inspection.valid,
        problems=faults(inspection.problems),
        figures=figures(expand(inspection.sound())) if inspection.valid else {},
    )


@router.post(
    "/evaluations",
    responses=errors(404, 413, 415, 422),
    openapi_extra=body(
        (
            inputs.JSON,
            EvaluationRequest.__name__,
            example("tiny", {"instance": TINY, "roster": TINY_ROSTER}),
        )
    ),
)
def post_evaluation(upload: inputs.JsonUpload, parts: Use) -> Evaluation:
    """What a roster is worth, by rule, with every breach; one made by hand is judged, not refused."""
    request = inputs.read(upload, EvaluationRequest)
    instance = expand(named_week(parts, request)[0])
    roster, report = inputs.roster(request.roster, instance, "/roster")
    return _evaluation(instance, roster, report)


def _evaluation(instance: Instance, roster: Roster, report: Report) -> Evaluation:
    names = {lang: Names(instance, lang) for lang in LANGS}

    def in_words(finding: Finding) -> Both:
        return Both.of(lambda lang: sentence(names[lang], finding.rule, finding.violation))

    return Evaluation(
        feasible=report.feasible,
        score=report.score,
        rules=[RulePoints.of(priced) for priced in report.rules],
        findings=[
            FindingOut(
                rule=finding.rule.rule.id,
                key=finding.key,
                level=finding.rule.level,
                amount=finding.violation.amount,
                points=sum(finding.score.points),
                text=in_words(finding),
            )
            for finding in report.findings
        ],
        figures=figures(instance, roster),
    )
