"""What workers ask of their coordinator, and private links: the own week, and nothing else."""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from scheduler.messages.moments import date_in_words
from service.access import links
from service.access.links import LinkRow
from tests.service.own_week import ME, SECRET, begun, today


@pytest.fixture(scope="module")
def desk(office):
    """A coordinator of everything, and the week of today."""
    with office.client("administrator") as client:
        yield client


@pytest.fixture
def week(desk):
    return begun(desk, today())


@pytest.fixture(scope="module")
def worker(office):
    with office.client("worker") as client:
        yield client


def ask(client, week, body, status=201, person=ME, **headers):
    path = f"/v1/weeks/{week}/people/{person}/requests"
    answer = client.post(path, json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


def accept(desk, week, id, status=200, **body):
    answer = desk.post(f"/v1/weeks/{week}/requests/{id}/acceptance", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def who(desk, week):
    parts = desk.get(f"/v1/weeks/{week}/state?private=true").json()["roster"]["assignments"]
    return {part["task"]: part["person"] for part in parts}


def listed(desk, week, state="open"):
    return desk.get(f"/v1/weeks/{week}/requests?state={state}").json()["requests"]


def sick(days=1):
    span = {"start": f"{today()}T00:00", "end": f"{today() + timedelta(days)}T00:00"}
    return {"kind": "sick", "span": span, "words": "发烧"}


def test_a_sick_call_is_a_matter_and_no_change_until_it_is_accepted(desk, worker, week):
    before = who(desk, week)
    asked = ask(worker, week, sick())
    assert asked["state"] == "open"
    (one,) = listed(desk, week)
    assert (one["id"], one["kind"], one["words"]) == (asked["id"], "sick", "发烧")
    assert one["text"]["zh"] == f"网格员li 请假：{date_in_words(today(), 'zh')}"
    assert f"kind=absence&person={ME}&day={today()}" in one["href"]
    assert who(desk, week) == before
    tried = accept(desk, week, one["id"], dry_run=True)
    assert not tried["kept"]
    assert listed(desk, week)
    accept(desk, week, one["id"])
    left = who(desk, week)
    assert left == {task: person for task, person in before.items() if task not in ("a", "p")}
    assert listed(desk, week) == []
    assert [row["state"] for row in listed(desk, week, "all")] == ["accepted"]
    accept(desk, week, one["id"], 409)


def test_a_sick_call_that_somebody_entered_waits_no_longer(desk, worker, week):
    ask(worker, week, sick())
    away = {
        "kind": "absence",
        "person": ME,
        "from": f"{today()}T00:00",
        "to": f"{today() + timedelta(1)}T00:00",
    }
    assert desk.post(f"/v1/weeks/{week}/commands", json={"changes": [away]}).status_code == 200
    assert listed(desk, week) == []


def test_declined_work_is_refused_with_words_or_given_to_somebody(desk, worker, week):
    first = ask(worker, week, {"kind": "decline", "task": "a", "words": "腿疼"})
    path = f"/v1/weeks/{week}/requests/{first['id']}/refusal"
    assert desk.post(path, json={"words": "只有你认识这家"}).status_code == 204
    assert desk.post(path, json={}).status_code == 409
    (mine,) = worker.get(f"/v1/weeks/{week}/people/{ME}/requests").json()["requests"]
    assert (mine["state"], mine["answer"]) == ("refused", "只有你认识这家")
    again = ask(worker, week, {"kind": "decline", "task": "c"})
    accept(desk, week, again["id"])
    assert "c" not in who(desk, week)


def test_a_swap_names_who_comes_instead(desk, worker, week):
    asked = ask(worker, week, {"kind": "swap", "task": "c"})
    assert listed(desk, week)[0]["needs_person"]
    problem = accept(desk, week, asked["id"], 422)["problems"][0]
    assert problem["pointer"] == "/person"
    accept(desk, week, asked["id"], person="zhao")
    assert who(desk, week)["c"] == "zhao"


def test_a_duty_is_asked_for_while_nobody_has_it(desk, worker, week):
    wanted = {"kind": "duty", "task": "duty"}
    offered = f'data-week="{week}"'
    page = worker.get("/me/open").text
    assert offered in page
    assert "助餐值守" in page
    asked = ask(worker, week, wanted)
    accept(desk, week, asked["id"])
    assert who(desk, week)["duty"] == ME
    assert ask(worker, week, wanted, 409)["code"] == "duty_taken"
    assert offered not in worker.get("/me/open").text


def test_hours_wait_for_the_next_week_and_become_its_availability(desk, worker, week):
    first = today() + timedelta(2)
    span = {"start": f"{first}T13:00", "end": f"{first}T15:30"}
    wanted = {
        "kind": "hours",
        "spans": [span],
        "days_off": [f"{first + timedelta(1)}"],
        "words": "要接孩子",
    }
    ask(worker, week, {**wanted, "spans": []})
    asked = ask(worker, week, wanted)
    (one,) = listed(desk, week)
    assert one["id"] == asked["id"]
    assert "2 小时 30 分" in one["text"]["zh"]
    days = [date_in_words(first + timedelta(number), "zh") for number in range(2)]
    assert f"；不能来：{days[1]}" in one["text"]["zh"]
    assert one["text"]["zh"].endswith(f"；尽量不排：{days[1]}")
    # It cannot be answered before there is that week, so it is no matter of this one.
    assert one["later"]
    assert desk.get(f"/v1/weeks/{week}/facts").json()["asked"] == 0
    assert accept(desk, week, asked["id"], 409)["code"] == "next_week_missing"
    following = begun(desk, first, publish=False)
    assert [row["id"] for row in listed(desk, following) if row["id"] == asked["id"]] == [
        asked["id"]
    ]
    assert desk.get(f"/v1/weeks/{following}/facts").json()["asked"] == 1
    done = accept(desk, following, asked["id"])
    assert done["week"] == following
    people = desk.get(f"/v1/weeks/{following}/state").json()["instance"]["people"]
    person = next(one for one in people if one["id"] == ME)
    assert person["availability"] == [{"from": span["start"], "to": span["end"]}]
    assert person["wishes"] == [{"want": False, "days": wanted["days_off"]}]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "sick"}, "missing_field"),
        (
            {"kind": "sick", "span": {"start": "2026-11-31T09:00", "end": "2026-12-01T09:00"}},
            "not_a_moment",
        ),
        (
            {"kind": "sick", "span": {"start": "2026-11-23T09:00", "end": "2026-11-23T09:00"}},
            "window_ends_before_start",
        ),
        ({"kind": "hours", "start": "2020-01-01"}, "outside_horizon"),
        (
            {"kind": "hours", "spans": [{"start": "2020-01-01T09:00", "end": "2020-01-01T10:00"}]},
            "outside_horizon",
        ),
    ],
)
def test_faults_are_told(worker, week, body, code):
    assert ask(worker, week, body, 422)["problems"][0]["code"] == code


def test_one_asks_about_ones_own_work_alone(worker, desk, week):
    for task in ("b", "d", "none", "private/2", "q"):
        ask(worker, week, {"kind": "decline", "task": task}, 404)
    for person in ("wang", "WORKER-03"):
        ask(worker, week, sick(), 403, person=person)
    assert worker.get(f"/v1/weeks/{week}/people/wang/requests").status_code == 403
    assert worker.get(f"/v1/weeks/{week}/requests").status_code == 403
    assert listed(desk, week, "all") == []


def test_the_same_sent_twice_is_asked_once_and_is_taken_back(worker, desk, week):
    made = [ask(worker, week, sick(), **{"Idempotency-Key": f"one-{week}"}) for _ in range(2)]
    assert made[0]["id"] == made[1]["id"]
    path = f"/v1/weeks/{week}/people/{ME}/requests/{made[0]['id']}"
    assert worker.delete(path).status_code == 204
    assert worker.delete(path).status_code == 409
    assert listed(desk, week, "all") == []
    refusal = desk.post(f"/v1/weeks/{week}/requests/{made[0]['id']}/refusal", json={})
    assert refusal.status_code == 404


def test_a_worker_says_what_became_of_work_from_its_day_on(desk, worker):
    later = begun(desk, today() + timedelta(3))
    path = f"/v1/weeks/{later}/people/{ME}/outcomes"
    said = {"outcomes": [{"task": task, "slot": 0, "result": "done"} for task in ("a", "c")]}
    refused = worker.post(path, json=said)
    assert refused.status_code == 422
    told = [(one["code"], one["pointer"]) for one in refused.json()["problems"]]
    assert told == [("outcome_too_early", f"/outcomes/{n}/result") for n in (0, 1)]
    back = {"outcomes": [{"task": "a", "slot": 0, "result": None}]}
    assert worker.post(path, json=back).status_code == 200
    # A coordinator may close a week early, and says it for others.
    assert desk.post(path, json=said).status_code == 200
    over = begun(desk, today() - timedelta(1))
    path = f"/v1/weeks/{over}/people/{ME}/outcomes"
    assert worker.post(path, json=said).status_code == 200


@contextmanager
def entered(office, desk, week):
    """A browser that came by a private link."""
    url = desk.post(f"/v1/weeks/{week}/people/{ME}/link").json()["url"]
    path, _, secret = url.partition("#")
    assert path.endswith("/l")
    with office.client() as client:
        answer = client.post("/l", data={"secret": secret})
        assert (answer.status_code, answer.headers["location"]) == (303, "/me")
        assert "max-age" in answer.headers["set-cookie"].lower()
        yield client, secret


def test_a_private_link_leads_to_one_persons_week_and_nothing_else(office, desk, week):
    other = begun(desk, today())
    with entered(office, desk, week) as (client, secret):
        page = client.get("/me").text
        assert "走访a" in page
        assert "走访b" not in page
        assert SECRET not in page
        assert client.get(f"/v1/weeks/{week}/people/{ME}/part").status_code == 200
        received = client.post(f"/v1/weeks/{week}/people/{ME}/received", json={})
        assert received.json()["state"] == "received"
        outcome = {"outcomes": [{"task": "a", "slot": 0, "result": "done"}]}
        assert (
            client.post(f"/v1/weeks/{week}/people/{ME}/outcomes", json=outcome).status_code == 200
        )
        for path in (
            f"/v1/weeks/{other}/people/{ME}/part",
            f"/v1/weeks/{week}/people/wang/part",
            f"/v1/people/{ME}/rosters",
            f"/v1/weeks/{week}",
            "/v1/weeks",
            f"/w/{week}",
        ):
            assert client.get(path).status_code == 403, path
        assert client.get(f"/v1/weeks/{week}/people/{ME}/part?private=true").status_code == 403
        assert client.post("/me/calendar").status_code == 404
        desk.delete(f"/v1/weeks/{week}/people/{ME}/link")
        assert client.get("/v1/me").status_code == 401
        assert client.post("/l", data={"secret": secret}).status_code == 404


def test_a_link_ends_with_its_week_with_a_newer_one_and_at_sign_out(office, desk, week):
    with entered(office, desk, week) as (client, secret):
        out = client.post("/sign-out")
        assert out.headers["clear-site-data"] == '"storage"'
    with office.client() as again:
        assert again.post("/l", data={"secret": secret}).status_code == 303
        desk.post(f"/v1/weeks/{week}/people/{ME}/link")
        assert again.get("/v1/me").status_code == 401
    with entered(office, desk, week) as (client, secret):
        with office.store.session() as session:
            ended = update(LinkRow).where(LinkRow.week_id == week).values(ends=time.time() - 1)
            session.execute(ended)
            assert links.enter(session, secret) is None
        assert client.get("/v1/me").status_code == 401


def test_a_calendar_address_reads_the_own_weeks_with_private_work_as_busy(office, worker, week):
    first, second = (worker.post("/me/calendar").json()["url"] for _ in range(2))
    with office.client() as phone:
        assert (
            phone.get(first.partition("/calendar")[1] + first.partition("/calendar")[2]).status_code
            == 404
        )
        answer = phone.get("/calendar" + second.partition("/calendar")[2])
        assert answer.status_code == 200, week
        assert answer.headers["content-type"].startswith("text/calendar")
        body = answer.text.replace("\r\n ", "")
        assert body.count("BEGIN:VCALENDAR") == body.count("END:VCALENDAR") == 1
        assert "走访a" in body
        assert "占用" in body
        assert "走访b" not in body
        assert SECRET not in body
        # It reads the calendar alone.
        secret = second.rpartition("/")[2].removesuffix(".ics")
        bearer = {"Authorization": f"Bearer {secret}"}
        assert phone.get("/v1/me", headers=bearer).status_code == 401
        assert phone.post("/l", data={"secret": secret}).status_code == 404


def test_pages_of_ones_own_tell_nothing_private_and_nothing_of_others(worker, week):
    for path in ("/me", "/me/offline", "/me/open", "/me/hours", "/me/week.ics"):
        answer = worker.get(path)
        assert answer.status_code == 200, week
        text = answer.text.replace("\r\n ", "")
        assert SECRET not in text
        assert "走访b" not in text
        assert "网格员wang" not in text
    offline = worker.get("/me/offline").text
    assert "走访a" in offline
    assert worker.get("/me?private=true").status_code == 403


def undo(desk, week, way="undo"):
    assert desk.post(f"/v1/weeks/{week}/{way}", json={}).status_code == 200


def states(desk, week):
    return [row["state"] for row in listed(desk, week, "all")]


def test_what_is_accepted_waits_again_once_its_command_is_undone(desk, worker, week):
    asked = ask(worker, week, {"kind": "decline", "task": "a"})
    accept(desk, week, asked["id"])
    undo(desk, week)
    assert who(desk, week)["a"] == ME
    (one,) = listed(desk, week)
    assert (one["id"], one["answered_by"], one["answer"]) == (asked["id"], "", "")
    undo(desk, week, "redo")
    assert states(desk, week) == ["accepted"]
    undo(desk, week)
    accept(desk, week, asked["id"])
    assert "a" not in who(desk, week)
    assert states(desk, week) == ["accepted"]


def test_what_is_handled_otherwise_waits_no_longer_until_that_is_taken_back(desk, worker, week):
    asked = ask(worker, week, {"kind": "swap", "task": "a"})
    path = f"/v1/weeks/{week}/requests/{asked['id']}"
    assert desk.delete(f"{path}/answer").status_code == 409
    assert desk.post(f"{path}/handling", json={"words": "改到下周"}).status_code == 204
    assert listed(desk, week) == []
    (mine,) = worker.get(f"/v1/weeks/{week}/people/{ME}/requests").json()["requests"]
    assert (mine["state"], mine["answer"]) == ("handled", "改到下周")
    accept(desk, week, asked["id"], 409, person="zhao")
    assert desk.delete(f"{path}/answer").status_code == 204
    (one,) = listed(desk, week)
    assert (one["answered_by"], one["answer"]) == ("", "")
    accept(desk, week, asked["id"], person="zhao")
    assert desk.delete(f"{path}/answer").status_code == 409
    assert states(desk, week) == ["accepted"]


def test_how_many_wait_is_a_fact_of_the_week(desk, worker, week):
    def count():
        return desk.get(f"/v1/weeks/{week}/facts").json()["asked"]

    assert count() == 0
    asked = ask(worker, week, {"kind": "decline", "task": "a"})
    ask(worker, week, sick())
    assert count() == 2
    desk.post(f"/v1/weeks/{week}/requests/{asked['id']}/refusal", json={})
    assert count() == 1
