"""What a file is that is no .xlsx workbook, so that its fault can say what to do with it."""

import zipfile
from io import BytesIO

from scheduler.model import Problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How .xls, .et, .wps, .doc and workbooks with a password begin ([MS-CFB], 2.2)."""
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
OFFICE_ENDINGS = frozenset(
    f".{ending}"
    for ending in [
        "xls",
        "xlsm",
        "xlsb",
        "et",
        "ett",
        "csv",
        "tsv",
        "txt",
        "ods",
        "numbers",
        "doc",
        "docx",
        "wps",
        "pdf",
    ]
)
"""Endings of files that people keep lists in, and that can be saved or copied as .xlsx."""


def not_a_workbook(data: bytes, name: str = "") -> Problem:
    """The problem of bytes that openpyxl cannot read as a workbook. name: of the file."""
    return Problem(code=_code(data), pointer="", value=name)


def _code(data: bytes) -> str:
    if not data.strip():
        return "empty_workbook"
    if data.startswith(_OLE):
        return "workbook_password" if _PASSWORD in data else "workbook_old_format"
    if data.startswith(b"PK"):
        return _code_of_archive(data)
    if data.startswith(b"%PDF"):
        return "workbook_other_program"
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")):
        return "workbook_is_json"
    return "not_a_workbook" if b"\x00" in data[:4096] else "workbook_is_text"


def _code_of_archive(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return "workbook_cut_off"
    if any(name.endswith("xl/workbook.bin") for name in names):
        return "workbook_old_format"
    other = ("word/", "ppt/", "index/", "content.xml", "metadata/")
    if any(name.lower().startswith(other) for name in names):
        return "workbook_other_program"
    return "not_a_workbook" if "[Content_Types].xml" in names else "workbook_is_archive"
