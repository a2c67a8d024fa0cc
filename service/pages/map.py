"""The map (地图) of a week, ``/w/{week}/map``: routes of a day on a ground drawn from the week's own places, and as a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from scheduler.messages import LANGS, Lang, say
from scheduler.messages.moments import duration_in_words
from scheduler.model.time import MINUTES_PER_DAY
from service.access.mask import Viewing
from service.pages.drawing import page
from service.pages.weeks import today_of, week_of
from service.problems import language
from service.routes.common import Use
from service.routes.rooms import Room
from service.routes.weeks.board import WeekId
from service.weeks.board import DrawnWeek, drawn
from service.weeks.day_routes import DayRoute, DayRoutes, MissedWork, RouteLine, first_day
from service.weeks.opening import opened

router = Room(include_in_schema=False, default_response_class=HTMLResponse)

MOST = 6
"""People whose routes are drawn at once: as many as there are colours and dashes."""
_LETTERS = "ABCDEF"
See = Literal["list", "map"]


@router.get("/w/{week}/map")
def get_map_page(
    request: Request,
    week: WeekId,
    parts: Use,
    view: Viewing,
    day: Annotated[str, Query(max_length=10)] = "",
    person: Annotated[list[str] | None, Query()] = None,
    see: See = "list",
) -> HTMLResponse:
    """Routes of a day. day: its date; person: ids of those whose stops are numbered; see: what a phone shows."""
    found = opened(parts.store, parts.caller, week)
    view.audited(parts.store, found.state.instance)
    shown = drawn(found.state, view)
    asked = _day(shown.data, day, today_of(request))
    words = MapWords(week, shown, asked, person or (), see, view.private, language(request))
    return page(
        request,
        "map.html",
        week=week_of(request, week),
        words=("map.script",),
        data=words.script if shown.ground else None,
        map=shown.ground,
        day=words,
        most=MOST,
    )


def _day(data: Mapping[str, Any], day: str, today: date) -> int:
    """The day that is asked for; else today, else the first with work."""
    dates = _dates(data)
    for wanted in (day, today.isoformat()):
        if wanted in dates:
            return dates.index(wanted)
    return min(first_day(data), len(dates) - 1)


def _dates(data: Mapping[str, Any]) -> list[str]:
    start = date.fromisoformat(data["start"])
    return [(start + timedelta(number)).isoformat() for number in range(len(data["days"]))]


@dataclass(frozen=True)
class OffMap:
    """Stops of an area of which nobody knows where they are: (stop, person)."""

    area: str
    stops: tuple[tuple[RouteLine, int], ...]


@lru_cache(2048)
def _duration(minutes: int, lang: Lang) -> str:
    return duration_in_words(minutes, 1, lang)


class MapWords:
    """A day on the map in words, as its template asks for them. people: ids of those who are chosen."""

    def __init__(
        self,
        week: str,
        shown: DrawnWeek,
        day: int,
        people: Iterable[str],
        see: See,
        private: bool,
        lang: Lang,
    ):
        self.day, self.see, self.lang = day, see, lang
        self._week, self._data, self._ground, self._private = (
            week,
            shown.data,
            shown.ground,
            private,
        )
        self._pick = LANGS.index(lang)
        self._ids: list[str] = shown.data["people_ids"]
        self.routes = DayRoutes(shown.data, day)
        positions = {id: position for position, id in enumerate(self._ids)}
        known = (positions[id] for id in dict.fromkeys(people) if id in positions)
        self.chosen: list[int] = list(known)[:MOST]

    @cached_property
    def chosen_routes(self) -> list[DayRoute]:
        """Of those who are chosen; without stops where they have none on the day."""
        none = {person: DayRoute(person, (), 0) for person in self.chosen}
        return [self.routes.by_person.get(person, none[person]) for person in self.chosen]

    @property
    def title(self) -> str:
        """The day and its weekday."""
        return self._said(self._data["days"][self.day])

    @cached_property
    def days(self) -> list[tuple[str, str, bool]]:
        """(word, address, whether it is shown) of each day."""
        heads = self._data["heads"]
        return [
            (self._said(head), self.href(day=number), number == self.day)
            for number, head in enumerate(heads)
        ]

    def href(
        self, day: int | None = None, people: Sequence[int] | None = None, see: See | None = None
    ) -> str:
        """The address of the map with something else shown."""
        shown = self.chosen if people is None else people
        query = [f"day={self._dates[self.day if day is None else day]}"]
        query += [f"person={quote(self._ids[one])}" for one in shown]
        if (see or self.see) == "map":
            query.append("see=map")
        if self._private:
            query.append("private=true")
        return f"/w/{self._week}/map?{'&'.join(query)}"

    @cached_property
    def _dates(self) -> list[str]:
        return _dates(self._data)

    def without(self, person: int) -> str:
        """The address with one person less."""
        return self.href(people=[one for one in self.chosen if one != person])

    def board(self, stop: RouteLine) -> str:
        """Where the board tells why it is so, and who else could do it."""
        chosen = f"{self._data['task_ids'][stop.task]}~{stop.slot}"
        return f"/w/{self._week}?{urlencode({'day': self.day + 1, 'sel': chosen})}"

    def undone(self, work: MissedWork) -> str:
        """Where it is told why nobody does it, and what would help."""
        asked = {"task": self._data["task_ids"][work.task], "slot": work.slot}
        return f"/w/{self._week}/undone?{urlencode(asked)}"

    def person(self, person: int) -> str:
        """A person's name."""
        return self._said(self._data["people"][person][0])

    def initials(self, person: int) -> str:
        """To find the person by."""
        return str(self._data["initials"]["people"][person])

    def person_id(self, person: int) -> str:
        """What addresses call a person."""
        return self._ids[person]

    def role(self, person: int) -> str:
        """A person's role."""
        return self._said(self._data["roles"][self._data["people"][person][1]])

    def person_area(self, person: int) -> str:
        """The area of a person's work; "" for one who works everywhere."""
        area = self._data["people"][person][2]
        return "" if area < 0 else str(self._data["areas"][area])

    @cached_property
    def by_role(self) -> list[tuple[str, list[DayRoute]]]:
        """Everybody who is out on the day, by role."""
        groups: dict[int, list[DayRoute]] = {}
        for person, route in self.routes.by_person.items():
            groups.setdefault(self._data["people"][person][1], []).append(route)
        return [(self._said(self._data["roles"][role]), groups[role]) for role in sorted(groups)]

    @cached_property
    def stops(self) -> int:
        """Of everybody on the day."""
        return sum(len(route.stops) for route in self.routes.by_person.values())

    @cached_property
    def way(self) -> str:
        """On the way, everybody together."""
        return self.duration(sum(route.way for route in self.routes.by_person.values()))

    def task(self, task: int) -> str:
        """What work is called."""
        name = self._data["tasks"][task][0]
        return str(name or say("drawings.hidden_task", self.lang))

    def place(self, place: int) -> str:
        """What a place is called; the area where only that may be known."""
        name = self._data["places"][place][0]
        return str(name or say("drawings.hidden_place", self.lang))

    def is_off(self, place: int) -> bool:
        """Whether a place is not on the map."""
        return self.routes.spot(place) is None

    def span(self, start: int, end: int) -> str:
        """From when to when; with the days where those are others."""
        moments = [self._moment(start), self._moment(end)]
        return "–".join(moments)

    def _moment(self, minute: int) -> str:
        day, of_day = divmod(minute, MINUTES_PER_DAY)
        clock = f"{of_day // 60:02d}:{of_day % 60:02d}"
        heads = self._data["heads"]
        if day == self.day or not 0 <= day < len(heads):
            return clock
        return f"{self._said(heads[day])} {clock}"

    def clocks(self, stop: RouteLine) -> str:
        """From which time of day to which."""
        ends = (divmod(minute % MINUTES_PER_DAY, 60) for minute in (stop.start, stop.end))
        return "–".join(f"{hour:02d}:{minute:02d}" for hour, minute in ends)

    def duration(self, minutes: int) -> str:
        """Minutes in words."""
        return _duration(minutes, self.lang)

    def letter(self, person: int) -> str:
        """What a person's stops begin with where several are shown; "" for one alone."""
        return _LETTERS[self.chosen.index(person)] if len(self.chosen) > 1 else ""

    @cached_property
    def off_map(self) -> list[OffMap]:
        """By area, the stops shown of which nobody knows where they are; the first to begin first."""
        routes = self.chosen_routes if self.chosen else list(self.routes.by_person.values())
        found: dict[int, list[tuple[RouteLine, int]]] = {}
        for route in routes:
            for stop in route.stops:
                if self.is_off(stop.place):
                    area = self._data["places"][stop.place][4]
                    found.setdefault(area, []).append((stop, route.person))
        last = len(self._data["areas"])
        return [
            OffMap(
                say("pages.map.no_area", self.lang) if area < 0 else self._data["areas"][area],
                tuple(sorted(found[area], key=lambda one: (one[0].start, one[1]))),
            )
            for area in sorted(found, key=lambda area: last if area < 0 else area)
        ]

    @property
    def script(self) -> dict[str, Any]:
        """What the page's script draws on the map."""
        ground = self._ground
        assert ground is not None
        routes = self.routes
        return {
            "metres": ground.metres,
            "names": ground.names,
            "everybody": []
            if self.chosen
            else [(f"p{person}", routes.line(route)) for person, route in routes.by_person.items()],
            "routes": [self._drawn(look, route) for look, route in enumerate(self.chosen_routes)],
            "undone": [
                {
                    "at": routes.spot(work.place),
                    "around": routes.is_around(work.place),
                    "id": f"u{number}",
                    "title": f"{self.task(work.task)} {self.place(work.place)}",
                }
                for number, work in enumerate(routes.missed)
                if not self.is_off(work.place)
            ],
        }

    def _drawn(self, look: int, route: DayRoute) -> dict[str, Any]:
        return {
            "look": look,
            "letter": self.letter(route.person),
            "bases": self.routes.bases(route.person) if route.stops else [],
            "line": self.routes.line(route) if route.stops else [],
            "stops": [
                {
                    "at": self.routes.spot(stop.place),
                    "around": self.routes.is_around(stop.place),
                    "number": stop.number,
                    "id": f"s{route.person}-{stop.number}",
                    "title": f"{self.clocks(stop)} {self.task(stop.task)} {self.place(stop.place)}",
                }
                for stop in route.stops
                if not self.is_off(stop.place)
            ],
        }

    def _said(self, words: str | list[str]) -> str:
        return words if isinstance(words, str) else words[self._pick]
