"""Names in pinyin, by which people search."""

from functools import lru_cache


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """First letters of a name's syllables, other letters as they are: 网格员03 is wgy03."""
    from pypinyin import Style, lazy_pinyin  # late: reading its phrases takes half a second

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


@lru_cache(maxsize=20_000)
def spelled(name: str) -> str:
    """All of a name's syllables, other letters as they are: 网格员03 is wanggeyuan03."""
    from pypinyin import lazy_pinyin  # late: reading its phrases takes half a second

    return "".join(lazy_pinyin(name)).lower()
