"""Uploads that mean harm are refused with a code, before or in a child process that may die of them."""

import io
import subprocess
import zipfile

import openpyxl
import pytest

from instances.generate import generate
from scheduler.formats.workbook import guard, read_guarded
from scheduler.formats.workbook.write import write_instance
from scheduler.model import InputError


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


@pytest.mark.parametrize("data", [b"", b"id,name\n1,2\n", b"PK\x03\x04 but no zip", _zip()])
def test_a_file_that_is_no_workbook(data):
    assert _code(data) == "not_a_workbook"


def test_a_workbook_cut_off_in_the_middle(honest):
    assert _code(honest[: len(honest) // 2]) == "not_a_workbook"


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


def test_a_reader_that_dies_is_an_input_error(honest, monkeypatch):
    def dead(*arguments, **more):
        raise subprocess.CalledProcessError(-6, "reader")

    monkeypatch.setattr(guard.subprocess, "run", dead)
    assert _code(honest) == "workbook_reader_failed"
