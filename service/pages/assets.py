"""Style sheets, scripts and pictures of the pages: each file of these folders, whatever it is called.

A page asks for them below a digest of them all, so that browsers may keep them for good, and so that
one module that imports another gets the one of its own version.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import Response

import scheduler
from service.problems import ServiceError
from service.routes.rooms import Room

router = Room(include_in_schema=False)

FOLDERS = {
    "drawings": Path(scheduler.__file__).parent / "drawings",
    "": Path(__file__).parent / "static",
}
"""Beginning of the name → folder; the first that fits counts."""
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def assets() -> dict[str, Path]:
    """Every file by its name below /static."""
    found: dict[str, Path] = {}
    for name, folder in FOLDERS.items():
        for path in sorted(folder.rglob("*")):
            if path.suffix in TYPES:
                found.setdefault(
                    "/".join(filter(None, (name, *path.relative_to(folder).parts))), path
                )
    return found


@cache
def digest() -> str:
    """Changes with any of the files."""
    whole = sha256()
    for name, path in sorted(assets().items()):
        whole.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()[:12]


def address(name: str) -> str:
    """Where a page asks for a file. Raises KeyError for one that is not there."""
    assets()[name]
    return f"/static/{digest()}/{name}"


@router.get("/static/{name:path}")
def get_static(name: str) -> Response:
    """A style sheet, a script or a picture of the pages."""
    version, _, rest = name.partition("/")
    kept = version == digest()
    path = assets().get(rest if kept else name) or assets().get(rest)
    if path is None:
        raise ServiceError("not_found")
    headers = {"Cache-Control": FOR_GOOD} if kept else {}
    # Whole, whatever range is asked for: a server may pass over that, and a file's own answer refuses a bad one.
    return Response(path.read_bytes(), media_type=TYPES[path.suffix], headers=headers)
