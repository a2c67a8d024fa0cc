"""Operations that keep nothing: is this instance sound, and what is this roster worth."""

from fastapi import APIRouter

from scheduler.checker import Report
from scheduler.checker.figures import figures
from scheduler.checker.sentences import sentence
from scheduler.due import expand
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Instance, Roster
from service import inputs
from service.examples import TINY, TINY_ROSTER, example
from service.routes.common import Use, body, errors, one_instance
from service.wire import (
    Both,
    Evaluation,
    EvaluationRequest,
    Finding,
    RuleCost,
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
    looked = inputs.inspect(upload)
    return Validation(
        valid=looked.valid,
        problems=faults(looked.problems),
        figures=figures(expand(looked.sound())) if looked.valid else {},
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
    asked = inputs.read(upload, EvaluationRequest)
    instance = expand(one_instance(parts, asked.instance_id, asked.instance)[0])
    roster, report = inputs.roster(asked.roster, instance, "/roster")
    return _evaluation(instance, roster, report)


def _evaluation(instance: Instance, roster: Roster, report: Report) -> Evaluation:
    names = {lang: Names(instance, lang) for lang in LANGS}
    return Evaluation(
        feasible=report.feasible,
        score=report.score,
        rules=[
            RuleCost(
                rule=one.rule.rule.id,
                name=Both(zh=one.rule.rule.name.zh, en=one.rule.rule.name.en),
                level=one.rule.level,
                weight=one.rule.weight,
                unit=one.rule.rule.unit,
                amount=one.amount,
                points=sum(one.score.points),
            )
            for one in report.rules
        ],
        findings=[
            Finding(
                rule=one.rule.rule.id,
                key=one.key,
                level=one.rule.level,
                amount=one.violation.amount,
                points=sum(one.score.points),
                text=Both(
                    **{lang: sentence(names[lang], one.rule, one.violation) for lang in LANGS}
                ),
            )
            for one in report.findings
        ],
        figures=figures(instance, roster),
    )
