"""A week for the pages of single readers: two private visits, each with a word of its own."""

from pathlib import Path

from scheduler.exports import FORMATS
from scheduler.facts import Facts
from scheduler.model import (
    Area,
    Case,
    Household,
    Instance,
    Need,
    Point,
    Roster,
    Slot,
    Window,
)
from scheduler.report import Audience, Part
from tests.exports.test_formats import READERS, _plain
from tests.rules.build import DAY, at, instance, person, place, roster, shift, visit

ANNA, BERT = "zinnober", "kobalt"
"""In everything about the private visit of Anna and Cora, and about Bert's."""
PARTS = [ending for ending, form in FORMATS.items() if form.parts]
PUBLIC = ["laterne", "nachtwache"]


def week(**changes: object) -> Instance:
    """Anna and Cora go to a private visit of a case together, Bert to another; all do public work."""
    points = [Point(longitude=104 + number / 1000, latitude=30.6) for number in range(6)]
    homes = [
        place(f"home-{word}", area="grid", point=point, kind="home", private=True).model_copy(
            update={"name": f"address {word}"}
        )
        for word, point in zip((ANNA, BERT), points[4:], strict=True)
    ]
    away = Window(start=at(4), end=at(5))
    made = instance(
        Area(id="street", name="狮子山街道", kind="street"),
        Area(id="area", name="佳宏路社区", kind="community", parent="street"),
        Area(id="grid", name="第一网格", kind="grid", parent="area"),
        Area(id="other", name="另一社区", kind="community", parent="street"),
        place("P", area="area", point=points[0]).model_copy(update={"name": "广场"}),
        place("Q", area="other", point=points[1]).model_copy(update={"name": "活动室"}),
        place("R", area="grid", point=points[2]),
        *homes,
        *(Household(id=f"h-{word}", name=f"household {word}", place=f"home-{word}") for word in (ANNA, BERT)),
        person("anna", leave=(away,), clearance=True).model_copy(update={"name": "安娜"}),
        person("bert", clearance=True).model_copy(update={"name": "贝特"}),
        person("cora", clearance=True).model_copy(update={"name": "科拉"}),
        person("dora").model_copy(update={"name": "多拉"}),
        visit("laterne", Slot(), Slot(), places="Q"),
        *(
            visit(
                f"v-{word}",
                *(Slot() for _ in range(slots)),
                places=f"home-{word}",
                household=f"h-{word}",
                case=f"c-{word}",
                kind=f"kind {word}",
            ).model_copy(update={"name": f"talk {word}"})
            for word, slots in ((ANNA, 2), (BERT, 1))
        ),
        shift("nachtwache", at(2, "22:00"), Need(minimum=2), duration=480),
    )  # fmt: skip
    cases = tuple(
        Case(id=f"c-{word}", name=f"case {word}", kind=f"kind {word}", household=f"h-{word}", private=True)
        for word in (ANNA, BERT)
    )  # fmt: skip
    return made.changed(cases=cases, title="一周", **changes)


def answer(of: Instance) -> Roster:
    """Monday: Bert's private visit, the lantern; Tuesday: Anna's with Cora; Wednesday: the venue by night."""
    return roster(
        of,
        ("laterne", 0, "anna", "Q", at(0, "09:00")),
        ("laterne", 1, "bert", "Q", at(0, "09:00")),
        (f"v-{BERT}", 0, "bert", f"home-{BERT}", at(0, "14:00")),
        (f"v-{ANNA}", 0, "anna", f"home-{ANNA}", at(1, "10:00")),
        (f"v-{ANNA}", 1, "cora", f"home-{ANNA}", at(1, "10:00")),
        ("nachtwache", 0, "dora", "P", at(2, "22:00")),
    )


def part(audience: Audience, of: Instance | None = None) -> Part:
    of = of or week()
    return Part(Facts(of, answer(of)), audience)


def written(
    folder: Path,
    ending: str,
    audience: Audience | None,
    published: tuple[Instance, Roster] | None = None,
    after: Roster | None = None,
) -> str:
    """All the text of an export, zipped parts, attributes and scripts included."""
    of = week()
    path = folder / f"part{ending}"
    FORMATS[ending].write(path, of, after or answer(of), "zh", published, audience)
    return READERS.get(ending, _plain)(path)


__all__ = ["ANNA", "BERT", "DAY", "PARTS", "PUBLIC", "answer", "part", "week", "written"]
