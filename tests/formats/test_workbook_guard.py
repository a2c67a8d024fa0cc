"""Uploads that mean harm are refused with a code, before or in a child process that may die of them."""

import io
import multiprocessing
import resource
import zipfile
from contextlib import suppress
from multiprocessing.connection import Connection

import openpyxl
import pytest

from instances.generate import generate
from scheduler.formats.limited import taken_bytes
from scheduler.formats.workbook import guard, read_guarded
from scheduler.formats.workbook.limited_reading import CPU_SECONDS, MEMORY_BYTES, answer
from scheduler.formats.workbook.read import inspect
from scheduler.formats.workbook.write import write_instance
from scheduler.messages import LANGS
from scheduler.messages.problems import explain
from scheduler.model import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _zip(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            book.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def _code(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_guarded(data, "upload.xlsx")
    assert caught.value.source == "upload.xlsx"
    return caught.value.problems[0].code


@pytest.fixture(scope="module")
def honest(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("book") / "week.xlsx"
    write_instance(path, generate("shizishan/community"), "zh")
    return path.read_bytes()


def test_an_honest_workbook_is_read(honest):
    assert read_guarded(honest, "") == generate("shizishan/community")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_workbook"),
        (b"id,name\n1,2\n", "workbook_is_text"),
        ("编号,姓名\n1,王丽\n".encode("gb18030"), "workbook_is_text"),
        (b'{"id": "week"}', "workbook_is_json"),
        (b"%PDF-1.7", "workbook_other_program"),
        (OLE + bytes(600), "workbook_old_format"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "workbook_password"),
        (b"PK\x03\x04 but no zip", "workbook_cut_off"),
        (_zip(), "not_a_workbook"),
        (_zip(word__document="<w/>"), "workbook_other_program"),
        (_zip(Index__Document="iwa"), "workbook_other_program"),
        (_zip(xl__workbook=b"", **{"xl__workbook.bin": b""}), "workbook_old_format"),
        (b"\x00\x01\x02", "not_a_workbook"),
    ],
)
def test_a_file_that_is_no_workbook_says_what_it_is(data, code):
    assert _code(data) == code
    with pytest.raises(InputError) as caught:
        inspect(data)
    [problem] = caught.value.problems
    assert problem.code == code
    for lang in LANGS:
        assert all(explain(problem, lang))


def test_an_archive_of_something_else_is_to_be_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("排班/week.xlsx", b"...")
    assert _code(packed.getvalue()) == "workbook_is_archive"


def test_a_workbook_cut_off_in_the_middle(honest):
    assert _code(honest[: len(honest) // 2]) == "workbook_cut_off"


def test_a_workbook_that_unpacks_to_gigabytes():
    bomb = _zip(xl__worksheets__sheet1=b"0" * 60_000_000)
    assert len(bomb) < 100_000
    assert _code(bomb) == "workbook_unpacks_too_large"


def test_a_workbook_with_one_cell_at_its_far_corner():
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "here"
    packed = io.BytesIO()
    book.save(packed)
    assert _code(packed.getvalue()) == "workbook_far_cell"


def test_a_workbook_with_too_many_bytes_or_parts():
    assert _code(b"x" * (guard.MOST_BYTES + 1)) == "workbook_too_large"
    assert _code(_zip(**{f"part{n}": b"" for n in range(300)})) == "workbook_too_many_parts"


def test_macros_and_links_to_elsewhere():
    assert _code(_zip(**{"xl__vbaProject.bin": b"x"})) == "workbook_macros"
    links = _zip(**{"xl__externalLinks__externalLink1.xml": b"<x/>"})
    assert _code(links) == "workbook_external_links"


@pytest.mark.parametrize("what", ["dies", "waits", "grows", "computes"])
def test_a_reader_that_does_not_answer_is_told_as_that(honest, monkeypatch, capfd, what):
    monkeypatch.setattr(guard, "_READING", "tests.formats.bad_reader")
    assert guard._read_aside("week", b"answers", None) == {"read": True}
    if what == "waits":
        monkeypatch.setattr(guard, "WALL_SECONDS", 0.2)
    assert guard._read_aside("week", what.encode(), None) is None
    assert capfd.readouterr() == ("", "")
    monkeypatch.setattr(guard, "_read_aside", lambda *_: None)
    assert _code(honest) == "workbook_reader_failed"


def test_a_reader_has_limits_beyond_what_the_program_has():
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_limits, args=(theirs,))
    child.start()
    (memory, _), (seconds, _), taken = ours.recv()
    child.join()
    assert 0 <= memory - taken - MEMORY_BYTES < 1 << 26
    assert seconds == CPU_SECONDS


def _limits(to: Connection) -> None:
    taken = taken_bytes()
    with suppress(InputError):
        answer("week", b"", None)
    to.send(
        (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU), taken)
    )
