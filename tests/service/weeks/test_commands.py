"""Commands on a week: done, tried, refused, rebased, taken back; who else works on it, and who sees it."""

from threading import Thread

from tests.service.weeks.conftest import DAYS, ROSTER, WEEK

TAKE = {"kind": "unassign", "task": "a", "person": "li"}
GIVE = {"kind": "assign", "task": "d", "person": "zhao"}


def test_a_week_is_begun_listed_read_and_erased(desk):
    about = desk.get()
    assert (about["revision"], about["start"], about["title"]) == (1, DAYS[0], "小周")
    assert about["counts"] | {"slots": 4, "assigned": 3, "people": 3} == about["counts"]
    assert desk.id in [week["id"] for week in desk.http.get("/weeks").json()["weeks"]]
    state = desk.get("/state")
    assert [one["id"] for one in state["instance"]["visits"]] == ["a", "b", "c", "d"]
    assert desk.http.delete(f"/weeks/{desk.id}").status_code == 204
    assert desk.http.get(f"/weeks/{desk.id}").status_code == 404
    again = desk.http.post("/weeks", json={"instance": WEEK}).json()["id"]
    assert again != desk.id, "an id that was erased is not used again"


def test_a_command_is_kept_and_says_who_must_be_told(desk):
    answer = desk.command(TAKE, GIVE)
    assert (answer["revision"], answer["kept"]) == (2, True)
    told = {
        one["person"]: one["news"][0]["kind"] for one in answer["effect"]["difference"]["people"]
    }
    assert told == {"li": "lost", "zhao": "gained"}
    assert desk.who() == {"b": "wang", "c": "li", "d": "zhao"}
    assert desk.get("/state?revision=1")["roster"]["assignments"][0]["task"] == "a"


def test_a_trial_answers_the_same_and_keeps_nothing(desk):
    tried = desk.command(TAKE, dry_run=True)
    assert (tried["revision"], tried["kept"]) == (1, False)
    done = desk.command(TAKE)
    assert tried["effect"] == done["effect"]
    assert done["effect"]["after"]["medium"] > done["effect"]["before"]["medium"]


def test_the_same_key_does_it_once(desk):
    body, key = {"changes": [TAKE]}, {"Idempotency-Key": f"once-{desk.id}"}
    first, second = (
        desk.http.post(f"/weeks/{desk.id}/commands", json=body, headers=key) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (200, 200), second.text
    assert first.json()["revision"] == second.json()["revision"] == 2
    other = desk.http.post(f"/weeks/{desk.id}/commands", json={"changes": [GIVE]}, headers=key)
    assert other.json()["code"] == "key_reused"


def test_every_fault_of_a_command_is_told_at_its_place(desk):
    answer = desk.command(
        {"kind": "edit", "collection": "people", "id": "li", "record": {"id": "li", "nam": "x"}},
        {"kind": "assign", "task": "a"},
        {"kind": "edit", "collection": "persons", "id": "li", "record": None},
        status=422,
    )
    found = {one["pointer"] for one in answer["problems"]}
    assert {"/changes/1/person", "/changes/2/collection"} <= found
    assert desk.get()["revision"] == 1


def test_what_an_edit_breaks_elsewhere_is_told_at_its_record(desk):
    record = WEEK["people"][0] | {"areas": ["nowhere"]}
    edit = {"kind": "edit", "collection": "people", "id": "li", "record": record}
    answer = desk.command({"kind": "pin", "task": "b"}, edit, status=422)
    assert [one["pointer"] for one in answer["problems"]] == ["/changes/1/record/areas/0"]


def test_tables_are_edited_and_what_goes_takes_its_work_along(desk):
    new = WEEK["people"][0] | {"id": "chen", "name": "网格员陈"}
    answer = desk.command(
        {"kind": "edit", "collection": "people", "id": "li", "record": None},
        {"kind": "edit", "collection": "people", "id": "chen", "record": new},
    )
    assert set(answer["effect"]["fallen"]) == {"a", "c"}
    people = [one["id"] for one in desk.get("/state")["instance"]["people"]]
    assert people == ["wang", "zhao", "chen"]
    assert desk.who() == {"b": "wang"}
    desk.post("undo", {})
    assert desk.who() == {"a": "li", "b": "wang", "c": "li"}
    assert next(one["id"] for one in desk.get("/state")["instance"]["people"]) == "li"


def test_a_hard_rule_gives_way_for_a_reason_and_overlap_never_does(desk):
    late = {"kind": "move", "task": "a", "start": f"{DAYS[0]}T16:30"}
    refused = desk.command(late, status=422)
    assert refused["problems"][0]["code"] == "rule_broken"
    tried = desk.command(late, dry_run=True)
    assert tried["effect"]["refused"]
    assert tried["effect"]["broken"]
    assert desk.command(late, reason="住户只有这时在家")["kept"]
    exceptions = desk.get("/state")["instance"]["exceptions"]
    assert [one["reason"] for one in exceptions] == ["住户只有这时在家"]
    twice = {"kind": "assign", "task": "b", "person": "li", "slot": 0, "start": f"{DAYS[0]}T16:30"}
    refused = desk.command(twice, reason="忙", status=422)
    assert "no_exception" in {one["code"] for one in refused["problems"]}


def test_different_work_is_rebased_and_the_same_is_refused_with_theirs_and_mine(desk):
    desk.command({"kind": "unassign", "task": "b"}, base=1)
    desk.command(GIVE, base=1)
    assert desk.who() == {"a": "li", "c": "li", "d": "zhao"}
    answer = desk.command({"kind": "assign", "task": "b", "person": "zhao"}, base=1, status=409)
    assert answer["code"] == "edited_meanwhile"
    conflict = answer["conflict"]
    assert ([one["revision"] for one in conflict["theirs"]], conflict["mine"]) == ([2], ["b"])
    # Where nobody signs in, it was somebody at this machine.
    assert answer["detail"].startswith("第 1 版以后，本机改过同一处。")
    assert desk.command({"kind": "assign", "task": "b", "person": "zhao"}, base=3)["kept"]


def test_the_same_person_on_the_same_day_is_refused_and_on_another_is_not(desk):
    desk.command({"kind": "unassign", "task": "a"}, base=1)
    other_day = {"kind": "assign", "task": "d", "person": "li"}
    same_day = {"kind": "move", "task": "b", "start": f"{DAYS[0]}T11:00"}
    assert desk.command(other_day, same_day, base=1)["kept"]
    li_again = {"kind": "assign", "task": "b", "person": "li", "slot": 0}
    assert desk.command(li_again, base=1, status=409)["conflict"]["mine"] == ["b", "li", "wang"]


def test_what_became_impossible_by_others_is_a_conflict_and_not_a_fault(desk):
    desk.command(TAKE, base=1)
    assert desk.command(TAKE, base=1, status=409)["code"] == "edited_meanwhile"
    assert desk.command(TAKE, base=2, status=422)["code"] == "input_invalid"


def test_undo_takes_back_one_command_among_later_ones_and_redo_does_it_again(desk):
    desk.command(TAKE)
    desk.command(GIVE)
    desk.post("undo", {"revision": 2})
    assert desk.who() == {"a": "li", "b": "wang", "c": "li", "d": "zhao"}
    desk.post("redo", {})
    assert desk.who() == {"b": "wang", "c": "li", "d": "zhao"}
    assert desk.post("redo", {}, 409)["code"] == "nothing_to_redo"
    desk.post("undo", {})
    desk.post("undo", {})
    assert desk.who() == {"a": "li", "b": "wang", "c": "li"}
    assert desk.post("undo", {}, 409)["code"] == "nothing_to_undo"


def test_undo_is_refused_where_the_same_was_changed_later(desk):
    desk.command({"kind": "unassign", "task": "a"})
    desk.command({"kind": "assign", "task": "a", "person": "zhao"})
    answer = desk.post("undo", {"revision": 2}, 409)
    assert answer["code"] == "edited_meanwhile"
    assert [one["revision"] for one in answer["conflict"]["theirs"]] == [3]


def test_an_absence_leaves_the_work_undone_and_is_one_command(desk):
    away = {
        "kind": "absence",
        "person": "li",
        "from": f"{DAYS[0]}T00:00",
        "to": f"{DAYS[1]}T00:00",
    }
    answer = desk.command(away, {"kind": "assign", "task": "a", "person": "zhao"})
    assert desk.who() == {"a": "zhao", "b": "wang", "c": "li"}
    assert answer["effect"]["fallen"] == ["a"]
    assert desk.get("/state")["instance"]["published"] == []


def test_history_tells_who_did_what_to_whom_on_which_day(desk):
    desk.command(TAKE, reason="生病")
    desk.command(GIVE)
    desk.post("undo", {})
    whole = desk.get("/history")
    assert [one["kind"] for one in whole["revisions"]] == ["undo", "command", "command", "begin"]
    undo, give, take, _ = whole["revisions"]
    assert (undo["reverses"], give["undone"], take["undone"]) == (3, True, False)
    assert (take["reason"], take["changes"], take["people"]) == ("生病", ["unassign"], ["li"])
    assert take["difference"]["people"][0]["news"][0]["before"]["start"] == f"{DAYS[0]}T09:00"

    def numbers(query):
        return [one["revision"] for one in desk.get(f"/history?{query}")["revisions"]]

    assert numbers("person=li") == [2]
    assert numbers("task=d") == numbers(f"day={DAYS[1]}") == [4, 3]
    assert numbers(f"person=li&day={DAYS[1]}") == []
    first = desk.get("/history?limit=3")
    assert first["next"] == "2"
    assert [one["revision"] for one in desk.get("/history?cursor=2")["revisions"]] == [1]
    assert desk.http.get(f"/weeks/{desk.id}/history?day=2026-12-01").status_code == 422


def test_two_at_once_on_different_work_both_get_through(desk_of):
    desk = desk_of
    wanted = [{"kind": "unassign", "task": task} for task in ("a", "b")]
    answers = []
    threads = [
        Thread(target=lambda one=one: answers.append(desk.command(one, base=1))) for one in wanted
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer["revision"] for answer in answers) == [2, 3]
    assert desk.who() == {"c": "li"}


def test_a_roster_that_names_nobody_begins_no_week(http):
    parts = [ROSTER["assignments"][0] | {"person": "nobody"}]
    answer = http.post("/weeks", json={"instance": WEEK, "roster": ROSTER | {"assignments": parts}})
    assert answer.status_code == 422
