"""Operations that keep nothing: is this instance sound, and what is this roster worth."""

from scheduler.checker import Report
from scheduler.checker.figures import figures
from scheduler.checker.sentences import sentence
from scheduler.due import expand
from scheduler.model import Roster
from service import inputs
from service.access.mask import Viewing, WeekMask
from service.access.quoted import Quoted
from service.examples import TINY, TINY_ROSTER, example
from service.routes.common import Use, body, errors
from service.routes.named import masked_week
from service.routes.rooms import Room
from service.wire import (
    Evaluation,
    EvaluationRequest,
    FindingOut,
    RulePoints,
    Validation,
    faults,
)

router = Room(tags=["operations"])


@router.post(
    "/validations",
    responses=errors(413, 415),
    openapi_extra=body((inputs.JSON, "Instance", example("tiny", TINY)), (inputs.WORKBOOK, "", {})),
)
def post_validation(upload: inputs.InstanceUpload, view: Viewing) -> Validation:
    """Every fault of an instance, without solving or keeping it."""
    inspection = inputs.inspect(upload)
    counts = {}
    if inspection.valid:
        week = expand(inspection.sound())
        counts = view.mask(week).neutral.figures(figures(week))
    return Validation(
        valid=inspection.valid,
        problems=faults(Quoted(inspection.data)(inspection.problems)),
        figures=counts,
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
def post_evaluation(upload: inputs.JsonUpload, parts: Use, view: Viewing) -> Evaluation:
    """What a roster is worth, by rule, with every breach; one made by hand is judged, not refused."""
    request = inputs.read(upload, EvaluationRequest)
    mask, _ = masked_week(parts, request, view)
    roster, report = inputs.checked_roster(
        mask.true_ids(request.roster), mask.week, "/roster", mask.read
    )
    return _evaluation(mask, roster, report)


def _evaluation(mask: WeekMask, roster: Roster, report: Report) -> Evaluation:
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
                text=mask.said(sentence, finding.rule, finding.violation),
            )
            for finding in report.findings
        ],
        figures=figures(mask.week, roster),
    )
