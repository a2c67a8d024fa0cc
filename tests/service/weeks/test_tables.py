"""Tables of a week over HTTP: what is typed becomes one command, and faults stand at their cells."""

import pytest

from tests.service.weeks.conftest import WEEK, Desk


def typed(desk, table, *rows, status=200, **more):
    return desk.post(f"tables/{table}", {"rows": list(rows), **more}, status)


def cell(desk, table, id, field):
    rows = desk.get(f"/tables/{table}")["rows"]
    return next(row for row in rows if row["id"] == id)["cells"].get(field)


def test_cells_are_what_the_workbook_has(desk):
    assert cell(desk, "people", "li", "name") == "网格员li"
    assert cell(desk, "visits", "a", "places") == "3栋"
    assert cell(desk, "visits", "a", "windows") == "周一 09:00-16:00"


@pytest.mark.parametrize(
    ("typed_so", "shown"),
    [
        ("周一、周二", "周一、周二 全天"),
        ("2026-11-24 00:00-24:00", "周二 全天"),
        ("11月23日上午", "周一 08:30-12:00"),
        ("周二 全天; 2026-12-01 全天", "周二 全天; 2026-12-01 全天"),
        ("周一 22:00-次日6:00", "周一 22:00-次日06:00"),
        ("周一至周二 9:00-10:00", "周一、周二 09:00-10:00"),
    ],
)
def test_days_are_called_as_people_call_them_and_stay_so(desk, typed_so, shown):
    first = typed(desk, "people", {"id": "li", "cells": {"leave": typed_so}})
    assert first["rows"][0]["cells"]["leave"] == shown
    leave = desk.get("/state")["instance"]["people"][0]["leave"]
    again = typed(desk, "people", {"id": "li", "cells": {"leave": shown}})
    assert again["rows"][0]["cells"]["leave"] == shown
    assert desk.get("/state")["instance"]["people"][0]["leave"] == leave


def test_what_is_typed_is_one_command_that_is_taken_back_as_one(desk):
    done = typed(
        desk,
        "people",
        {"id": "li", "cells": {"role": "楼栋长", "gender": "女"}},
        {"id": "wang", "cells": {"availability": "周一 9点到12点"}},
    )
    assert (done["kept"], done["revision"]) == (True, 2)
    assert [row["id"] for row in done["rows"]] == ["li", "wang"]
    assert cell(desk, "people", "li", "role") == "楼栋长"
    assert done["rows"][1]["cells"]["availability"] == "周一 09:00-12:00"
    desk.post("undo", {})
    assert cell(desk, "people", "li", "role") == "专职网格员"
    assert cell(desk, "people", "li", "gender") is None


def test_what_was_not_typed_stays_as_it_is(desk):
    record = {**desk.get("/state")["instance"]["people"][0], "wishes": [{"days": ["2026-11-24"]}]}
    desk.command({"kind": "edit", "collection": "people", "id": "li", "record": record})
    typed(desk, "people", {"id": "li", "cells": {"gender": "男"}})
    person = desk.get("/state")["instance"]["people"][0]
    assert person["wishes"][0]["days"] == ["2026-11-24"]
    assert person["gender"] == "m"


def test_every_fault_stands_at_its_cell(desk):
    answer = typed(
        desk,
        "visits",
        {"id": "a", "cells": {"places": "没有的", "duration": "很久"}},
        {"id": "b", "cells": {"windows": "周九"}},
        {"cells": {"name": "新走访"}},
        status=422,
    )
    at = {fault["pointer"]: fault["code"] for fault in answer["problems"]}
    assert at["/rows/0/cells/places"] == "unknown_place"
    assert at["/rows/0/cells/duration"] == "cell_not_duration"
    assert "/rows/1/cells/windows" in at
    assert at["/rows/2/cells/kind"] == "cell_required"
    assert desk.get()["revision"] == 1


def test_a_fault_of_the_whole_week_stands_at_the_cell_that_brought_it(desk):
    answer = typed(desk, "visits", {"id": "a", "cells": {"duration": "0分钟"}}, status=422)
    assert [fault["pointer"] for fault in answer["problems"]] == ["/rows/0/cells/duration"]


def test_new_rows_get_ids_and_rows_go(desk):
    done = typed(
        desk,
        "areas",
        {"cells": {"name": "甲社区", "kind": "社区"}},
        {"cells": {"name": "乙社区", "kind": "社区"}},
    )
    assert [row["id"] for row in done["rows"]] == ["甲社区", "乙社区"]
    gone = typed(desk, "areas", {"id": "甲社区", "gone": True})
    assert gone["gone"] == ["甲社区"]
    assert [row["id"] for row in desk.get("/tables/areas")["rows"]] == ["乙社区"]


def test_a_place_is_set_in_one_cell_and_left_without(desk):
    done = typed(desk, "places", {"id": "home", "cells": {"point": "北纬30.6，东经104.1"}})
    assert done["rows"][0]["cells"]["point"] == "104.100000, 30.600000"
    assert (
        "point"
        not in typed(desk, "places", {"id": "home", "cells": {"point": ""}})["rows"][0]["cells"]
    )


def test_two_of_one_name_are_told_apart_and_may_be_named_so(desk):
    new = {"name": "网格员li", "role": "楼栋长", "availability": "周一"}
    twin = typed(desk, "people", {"cells": new})["rows"][0]
    assert twin["about"] == "楼栋长"
    fault = typed(desk, "visits", {"id": "a", "cells": {"preferred": "网格员li"}}, status=422)
    assert "网格员li(楼栋长)" in fault["problems"][0]["text"]["zh"]
    done = typed(desk, "visits", {"id": "a", "cells": {"preferred": "网格员li（楼栋长）"}})
    assert done["rows"][0]["cells"]["preferred"] == "网格员li(楼栋长)"
    assert desk.get("/state")["instance"]["visits"][0]["preferred"] == [twin["id"]]


def test_what_is_hidden_has_words_in_a_table_that_mean_it_when_they_are_typed_again(http):
    private, *others = WEEK["visits"]
    private = {**private, "private": True, "slots": [{"skills": {"疏导": 1}}]}
    first, *more = WEEK["people"]
    first = {**first, "clearance": True, "skills": {"疏导": 2}}
    desk = Desk(http, {**WEEK, "people": [first, *more], "visits": [private, *others]})
    assert cell(desk, "people", "li", "skills") == "不公开的技能(1):2"
    rows = desk.get("/tables/visits")["rows"]
    assert {"不公开的地点(1)"} == {row["cells"]["places"] for row in rows if row["locked"]}
    done = typed(desk, "people", {"id": "li", "cells": {"skills": "不公开的技能(1):3; 急救"}})
    assert done["rows"][0]["cells"]["skills"] == "不公开的技能(1):3; 急救"
    skills = desk.get("/state")["instance"]["people"][0]["skills"]
    assert skills == {"private/skill/1": 3, "急救": 1}


def test_work_is_copied_to_other_days(desk):
    done = desk.post("tables/visits", {"copies": [{"id": "a", "days": [0, 1]}]})
    assert [row["id"] for row in done["rows"]] == ["a-11-24"]
    assert done["rows"][0]["cells"]["windows"] == "周二 09:00-16:00"
    for copies in ([{"id": "a", "days": [2]}], [{"id": "x", "days": [0]}]):
        desk.post("tables/visits", {"copies": copies}, 422)


def test_who_typed_into_the_same_meanwhile_is_told(desk):
    typed(desk, "people", {"id": "li", "cells": {"gender": "女"}}, base=1)
    typed(desk, "people", {"id": "wang", "cells": {"gender": "女"}}, base=1)
    answer = typed(desk, "people", {"id": "li", "cells": {"role": "楼栋长"}}, base=1, status=409)
    assert answer["conflict"]["mine"]
    assert cell(desk, "people", "li", "role") == "专职网格员"


@pytest.mark.parametrize(
    ("table", "body", "status"),
    [
        ("people", {"rows": []}, 422),
        ("people", {"rows": [{"id": "nobody", "cells": {}}]}, 422),
        ("settings", {"rows": [{"cells": {"a": "b"}}]}, 404),
        ("people", {"rows": [{"cells": {"name": 3}}]}, 422),
    ],
)
def test_what_is_no_table_is_refused(desk, table, body, status):
    desk.post(f"tables/{table}", body, status)


def test_it_is_tried_without_keeping_it(desk):
    done = typed(desk, "people", {"id": "li", "cells": {"role": "楼栋长"}}, dry_run=True)
    assert not done["kept"]
    assert desk.get()["revision"] == 1
