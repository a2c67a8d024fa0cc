"""Where a form leads on to: addresses of this site only."""

import re

HOME = "/"
_OURS = re.compile(r"/(?![/\\])[!-~]*")
"""An address of this site: neither another site's nor one that a browser would read as such."""


def our_path(path: str) -> str:
    """The address where it is one of this site, else that of the first page."""
    return path if _OURS.fullmatch(path) else HOME
