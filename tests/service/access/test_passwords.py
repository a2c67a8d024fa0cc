"""Passwords that are taken and that are not; how many are computed at once; how often one may try."""

import anyio
import pytest

from service.access import attempts as attempts_module
from service.access import passwords
from service.access.attempts import Attempts
from service.access.passwords import PasswordLane, fault
from service.problems import ServiceError
from tests.service.conftest import run_aside


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("elevenletter", None),
        ("elevenlette", "too_short"),
        ("三只白鹭站在冰面上看月亮", None),
        ("三只白鹭站在冰面上看月", "too_short"),
        ("q7# " * 50, "too_common"),
        ("v" + "Zx9 kq" * 34, "too_long"),
        ("aaaaaaaaaaaaaaa", "too_common"),
        ("abcdabcdabcdabcd", "too_common"),
        ("ababcababcababc", "too_common"),
        ("123456789012", "too_common"),
        ("qwertyuiopas", "too_common"),
        ("1qaz2wsx3edc", "too_common"),
        ("password1234", "too_common"),
        ("P@ssw0rd!2026", "too_common"),
        ("Admin_Admin_2026", "too_common"),
        ("lianxinpaiban88", "too_common"),
        ("woaini5201314", "too_common"),
        ("chenchen-2026", "too_common"),
        ("meiling-20261", "too_common"),  # the account's own name
        ("password of the heron", None),
        ("839274610583", None),
    ],
)
def test_which_passwords_are_taken(password, expected):
    assert fault(password, "Meiling") == expected


def test_the_longest_password_is_taken():
    longest = "".join(chr(0x4E00 + number) for number in range(200))
    assert fault(longest, "x") is None
    assert fault(longest + "x", "x") == "too_long"


def test_a_hash_is_argon2id_and_fits_its_password_alone():
    async def trial():
        lane = PasswordLane()
        kept = await lane.hashed("three herons")
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert await lane.matches("three herons", kept)
        assert not await lane.matches("three heronS", kept)
        # Whose account has no password: nothing fits, not even what the time is spent on.
        assert not await lane.matches("the password of no account", None)

    run_aside(trial())


def test_who_has_no_account_is_answered_after_the_same_work(monkeypatch):
    checked = []

    class Hashes:
        def verify(self, password, kept):
            checked.append(kept)
            return True

        def hash(self, password):
            return "a hash"

    monkeypatch.setattr(passwords, "_HASHES", Hashes())
    monkeypatch.setattr(passwords, "_nobodys", lambda: "nobody's hash")

    async def trial():
        lane = PasswordLane()
        assert await lane.matches("x", "kept")
        assert not await lane.matches("x", None)

    run_aside(trial())
    assert checked == ["kept", "nobody's hash"]


def test_two_hashes_at_once_and_a_long_queue_is_refused(monkeypatch):
    import threading

    free = threading.Event()
    running, most, lock = 0, 0, threading.Lock()

    def slow(password, kept):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        free.wait(120)
        with lock:
            running -= 1
        return True

    monkeypatch.setattr(passwords, "_matches", slow)

    async def trial():
        lane = PasswordLane()
        refused = []

        async def one():
            try:
                await lane.matches("x", None)
            except ServiceError as error:
                refused.append(error.slots["retry_after"])

        async with anyio.create_task_group() as group:
            for _ in range(30):
                group.start_soon(one)
            while running < 2:
                await anyio.sleep(0.01)
            await anyio.sleep(0.1)
            free.set()
        return refused

    # Two run and twenty wait.
    assert run_aside(trial()) == [10] * 8
    assert most == 2


@pytest.fixture
def clock(monkeypatch):
    """The time that attempts and the library behind them see."""

    class Clock:
        now = 1_000_000.0

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr("time.time", clock.time)
    return clock


def refused(act):
    """The seconds to wait; 0: not refused."""
    try:
        act()
    except ServiceError as error:
        return error.slots["retry_after"]
    return 0


def test_the_wait_grows(clock):
    attempts = Attempts()
    begin = lambda: attempts.begin("chen", "10.0.0.1")  # noqa: E731
    assert [refused(begin) for _ in range(6)] == [0, 0, 0, 0, 0, 60]
    for _ in range(3):
        clock.now += 61
        assert [refused(begin) for _ in range(5)] == [0] * 5
    clock.now += 61
    # 20 in this hour: the first of them was 4 minutes and 4 seconds ago.
    assert refused(begin) == 3600 - 4 * 61


def test_nobody_else_is_kept_out(clock):
    attempts = Attempts()
    for _ in range(6):
        refused(lambda: attempts.begin("chen", "10.0.0.1"))
    assert refused(lambda: attempts.begin("chen", "10.0.0.1"))
    assert not refused(lambda: attempts.begin("chen", "10.0.0.2"))
    assert not refused(lambda: attempts.begin("li", "10.0.0.1"))


def test_success_is_a_new_start(clock):
    attempts = Attempts()
    for _ in range(20):
        for _ in range(4):
            attempts.begin("chen", "10.0.0.1")
        attempts.succeed("chen", "10.0.0.1")
        clock.now += 100
    assert not refused(lambda: attempts.begin("chen", "10.0.0.1"))


def test_an_address_has_a_limit_of_its_own(clock):
    attempts = Attempts()
    waits = [refused(lambda n=n: attempts.begin(f"name-{n}", "10.0.0.1")) for n in range(61)]
    assert waits == [0] * 60 + [60]


def test_an_account_tried_from_everywhere_is_still_its_owners(clock):
    attempts = Attempts()
    attempts.begin("chen", "10.0.0.1")
    attempts.succeed("chen", "10.0.0.1")
    waits = [refused(lambda n=n: attempts.begin("chen", f"10.0.1.{n}")) for n in range(30)]
    assert waits[:19] == [0] * 19  # and one before it signed in: 20 in a minute
    assert all(waits[19:])
    assert not refused(lambda: attempts.begin("chen", "10.0.0.1"))


def test_a_home_with_ipv6_is_one_address(clock):
    attempts = Attempts()
    waits = [refused(lambda n=n: attempts.begin("chen", f"2001:db8::{n:x}")) for n in range(6)]
    assert waits == [0, 0, 0, 0, 0, 60]
    assert not refused(lambda: attempts.begin("chen", "2001:db8:0:1::1"))


def test_wrong_tokens_are_counted(clock):
    attempts = Attempts()
    waits = [refused(lambda: attempts.wrong_token("10.0.0.1")) for _ in range(31)]
    assert waits == [0] * 30 + [60]
    assert not refused(lambda: attempts.wrong_token("10.0.0.2"))


def test_names_that_signed_in_are_not_remembered_without_end(clock, monkeypatch):
    monkeypatch.setattr(attempts_module, "_MOST_KNOWN", 2)
    attempts = Attempts()
    for name in "abc":
        attempts.succeed(name, "10.0.0.1")
    assert list(attempts._known) == [("b", "10.0.0.1"), ("c", "10.0.0.1")]
