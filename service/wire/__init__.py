"""What travels over HTTP beside instances and rosters themselves."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue

from scheduler.checker import RuleCost
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.messages.problems import explain
from scheduler.model import Instance, Level, Problem, Roster, Score
from scheduler.model.base import describe
from scheduler.rules import Text
from service.wire.labels import Labels, Title

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class Wire(BaseModel):
    """Base of the records below: a misspelt name is an error; docstrings are in the schema."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=describe)


class Both(Wire):
    """The same words in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, say: Callable[..., str], *about: Any) -> Self:
        """What `say(*about, lang)` says in each language."""
        return cls(**{lang: say(*about, lang) for lang in LANGS})

    @classmethod
    @cache
    def text(cls, words: Text) -> Self:
        """A text without slots, such as the name of a rule: there are some dozens, and a score says them all."""
        return cls.of(words.fill)

    @classmethod
    def named(cls, instance: Instance, say: Callable[..., str], *about: Any) -> Self:
        """What `say(names, *about)` says with the instance's names in each language."""
        return cls(**{lang: say(Names(instance, lang), *about) for lang in LANGS})


class Fault(Wire):
    """One fault of an input."""

    code: str
    """What is wrong, for a program."""
    severity: Literal["error", "warning"]
    pointer: str
    """JSON pointer into the request body, or ``sheet!cell`` of a workbook."""
    value: str
    """The value found, shortened."""
    slots: dict[str, str]
    """What the sentences name."""
    text: Both
    remedy: Both


def fault(problem: Problem) -> Fault:
    """A problem with its sentences."""
    return Fault(
        **problem.model_dump(),
        text=Both.of(lambda lang: explain(problem, lang).cause),
        remedy=Both.of(lambda lang: explain(problem, lang).remedy),
    )


MOST_FAULTS = 500
"""An answer lists no more faults than this."""


def faults(problems: Sequence[Problem]) -> list[Fault]:
    """The faults of an answer, at most `MOST_FAULTS`."""
    return [fault(problem) for problem in problems[:MOST_FAULTS]]


class ProblemDetails(Wire):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    """What went wrong, for a program."""
    problems: list[Fault] = []
    """Every fault of the input, in its order."""
    conflict: dict[str, Any] | None = None
    """Of `edited_meanwhile` alone: what others did to the same, a `Conflict`."""


class Owner(Wire):
    """Who made something."""

    account: str | None
    """Id of the account; null where nobody had to sign in."""
    name: str


class InstanceInfo(Wire):
    """An instance as it is kept."""

    id: str
    parent_id: str | None
    """The instance that this one was changed from."""
    origin_id: str
    """The first of the line."""
    name: str
    """The instance's own id."""
    title: str
    created_at: datetime
    digest: str
    """Equal for equal instances, until the keys of the installation change."""
    counts: dict[str, int]
    """days, people, places, visits, shifts."""
    labels: dict[str, str]
    owner: Owner
    warnings: list[Fault] = []
    """What a coordinator will want to know; told when the instance is posted."""


class Lineage(Wire):
    """Where an instance comes from and what was made of it."""

    ancestors: list[InstanceInfo]
    """The origin first, the parent last."""
    instance: InstanceInfo
    children: list[InstanceInfo]
    """Oldest first."""


class Validation(Wire):
    """What is wrong with an instance. Nothing is kept."""

    valid: bool
    """Whether it can be solved: warnings do not count."""
    problems: list[Fault]
    figures: dict[str, Any]
    """Counts and rates of the instance; empty where it cannot be read."""


class RulePoints(Wire):
    """What one rule costs a roster, or what a change of a roster saves or costs by it."""

    rule: str
    name: Both
    level: Level
    weight: int
    """Points for one unit."""
    unit: str
    amount: int
    """Units by which it is broken; of a change: by which it is broken more, below nothing: less."""
    points: int
    """Of a change: below nothing, saved."""

    @classmethod
    def of(cls, priced: RuleCost) -> Self:
        """A rule as the checker priced it."""
        rule = priced.rule.rule
        return cls(
            rule=rule.id,
            name=Both.text(rule.name),
            level=priced.rule.level,
            weight=priced.rule.weight,
            unit=rule.unit,
            amount=priced.amount,
            points=sum(priced.score.points),
        )


class FindingOut(Wire):
    """One breach of one rule."""

    rule: str
    key: str
    """The person, task, place … that it is about."""
    level: Level
    amount: int
    points: int
    text: Both


class Evaluation(Wire):
    """A roster's score, rule by rule, with every breach."""

    feasible: bool
    """Whether no hard rule is broken."""
    score: Score
    rules: list[RulePoints]
    findings: list[FindingOut]
    figures: dict[str, Any]
    """Counts and rates of the instance and the roster."""


def ensure_end(limits: "SearchLimits") -> "SearchLimits":
    """The limits, with a time limit where there is no limit at all."""
    if limits.seconds is None and limits.idle_seconds is None and limits.steps is None:
        return limits.model_copy(update={"seconds": DEFAULT_SECONDS})
    return limits


DEFAULT_SECONDS = 60.0


class SearchLimits(Wire):
    """When a search ends, whichever comes first; without any limit after 60 seconds."""

    seconds: float | None = Field(default=None, ge=0.1, le=1e9)
    """Seconds of searching."""
    idle_seconds: float | None = Field(default=None, ge=0.1, le=1e9)
    """Seconds without a better roster."""
    steps: int | None = Field(default=None, ge=1, le=10**15)
    """Moves tried: the same seed and steps give the same roster."""


class SchemaOf:
    """Documents a JSON value by a record's schema; the value is parsed later, to list all its faults."""

    def __init__(self, model: type[BaseModel]):
        self._model = model

    def __get_pydantic_json_schema__(
        self, _: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(self._model.__pydantic_core_schema__)


InlineInstance = Annotated[dict[str, Any], SchemaOf(Instance)]
InlineRoster = Annotated[dict[str, Any], SchemaOf(Roster)]


class WeekIn(Wire):
    """An instance: one that is kept, by its id, or one that comes along."""

    instance_id: str | None = None
    instance: InlineInstance | None = None
    """Just one of `instance_id` and `instance`; neither where a job names its own."""


class RosterIn(WeekIn):
    """A roster: a job's, or one that comes along with its instance or the id of a kept one."""

    job_id: str | None = None
    """The job whose roster it is."""
    roster: InlineRoster | None = None
    """Just one of `job_id` and `roster`."""


JobPriority = Literal["interactive", "batch"]


class JobRequest(WeekIn):
    """A search to make: of an instance that is kept, or of one that comes along and is kept then."""

    limits: Annotated[SearchLimits, AfterValidator(ensure_end)] = Field(
        default=SearchLimits(), validate_default=True
    )
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    cores: int = Field(default=1, ge=1, le=1024)
    """Threads; an installation may give fewer."""
    priority: JobPriority | None = None
    """Interactive jobs are taken before batch jobs; null: interactive with a time limit up to 60 seconds."""
    title: Title = ""
    """What people call it."""
    labels: Labels = {}
    """Marks for programs, to find it again by; letters of any script."""
    start_roster: InlineRoster | None = None
    """A roster of the instance to begin with."""


class EvaluationRequest(WeekIn):
    """A roster to judge, against an instance that is kept or one that comes along."""

    roster: InlineRoster


class Failure(Wire):
    """Why a job failed."""

    code: str
    text: Both
    problems: list[Fault] = []


class JobOut(Wire):
    """How a job stands. Light: the roster is a resource of its own."""

    id: str
    instance_id: str
    title: str
    labels: dict[str, str]
    owner: Owner
    state: State
    """cancelled: stopped before any roster was found."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stop_requested: bool
    ended_by: str | None
    """time, no_improvement, steps, user, optimal or nothing_to_do."""
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    """What is known of the best roster; infeasible: every roster breaks a hard rule, this one too;
    unknown: it breaks one, and perhaps none need."""
    phase: str | None
    """compile, construct or search, while it runs."""
    score: Score | None
    """Points by level of the best roster so far; lower is better."""
    unassigned: int | None
    """Slots that nobody fills."""
    seconds: float
    """Searched so far."""
    steps: int
    """Moves tried so far."""
    moves_per_second: float | None
    bound: Score | None
    """No roster of this instance costs less; null: not known."""
    gap: float | None
    """Share of the points above the bound, at the first level at which they differ; null: not known."""
    limits: SearchLimits
    seed: int
    cores: int
    attempts: int
    """How often a worker took it up; more than 1 after a crash or a restart."""
    versions: dict[str, str]
    figures: dict[str, Any]
    """Counts and rates of the instance and its roster, at the end; lists are with the roster."""
    notices: list[Fault]
    """What went wrong in the search, though its roster was checked: an engine that failed or erred."""
    failure: Failure | None
    event: int
    """Grows with each change; the id of the event that told it."""
    priority: JobPriority
    position: int | None
    """Of a job that waits: 1 is the next to be taken, as things stand."""


class Health(Wire):
    """Whether the service can do its work."""

    status: Literal["ok"]
    workers: int
    """Worker processes alive."""
    versions: dict[str, str]


class DeepHealth(Health):
    """As `Health`, after solving a tiny problem."""

    seconds: float
    """What the tiny problem took."""
    score: Score


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a date-time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
