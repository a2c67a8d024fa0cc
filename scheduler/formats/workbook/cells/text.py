"""Text of cells: how it is compared, words of the catalogue in any language, and lists."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from scheduler.messages import LANGS, catalogue, say


def plain(text: str) -> str:
    """Text in the form in which ids are compared: NFKC, which turns full-width to half-width; trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """Text in the form in which words are compared: plain, without spaces and without case."""
    return "".join(simplified(plain(text)).split()).casefold()


def simplified(text: str) -> str:
    """Text with the common traditional letters as simplified ones."""
    return text.translate(_SIMPLIFIED)


_TRADITIONAL = (
    "點点時时週周禮礼號号間间員员專专職职網网總总黨党棟栋長长諮咨詢询電电動动車车請请稱称崗岗開开類类別别級级數数優优線线戶户訪访務务"
    "檢检処处處处樓楼門门單单設设規规則则權权選选項项鎖锁願愿歷历經经緯纬標标負负責责護护從从後后晝昼會会個个兩两鐘钟為为與与結结終终"
    "說说無无對对應应還还計计劃划報报資资聯联勞劳險险風风關关閉闭啟启場场區区節节補补調调換换實实學学書书課课團团隊队組组幫帮協协參参"
    "聽听讀读記记認认識识給给約约紅红綠绿練练習习義义視视觀观親亲鄰邻屬属質质產产業业東东張张陳陈劉刘楊杨趙赵黃黄吳吴孫孙馬马許许鄭郑"
    "謝谢韓韩馮冯鄧邓蕭萧葉叶蘇苏盧卢蔣蒋賈贾鍾钟譚谭陸陆萬万錢钱湯汤羅罗龍龙麗丽強强靜静濤涛國国榮荣華华偉伟傑杰輝辉鳳凤蘭兰雲云"
    "瓊琼飛飞軍军騰腾寧宁賓宾勝胜順顺將将滿满條条達达這这進进連连運运過过遲迟鄉乡鎮镇縣县醫医藥药際际隨随頻频題题頭头顧顾驗验齊齐査查"
    "帶带層层廣广當当態态慮虑憶忆懷怀戰战擇择據据擔担擬拟敗败斷断曆历術术樣样機机歸归氣气決决況况淨净準准濟济燈灯營营獨独獎奖畫画異异"
    "發发盡尽眾众確确禁禁種种積积稅税筆笔築筑範范簡简簽签紙纸級级細细統统絡络維维緊紧編编縮缩織织繼继續续罰罚聖圣聞闻聲声膽胆興兴舉举"
    "舊旧藝艺虛虚裝装複复訂订訊讯訓训託托訴诉評评試试話话該该詳详誤误課课諒谅談谈論论證证譯译議议讓让貧贫貨货費费貼贴貿贸賞赏"
)
_SIMPLIFIED = str.maketrans(_TRADITIONAL[::2], _TRADITIONAL[1::2])


@cache
def spellings(table: str) -> dict[str, str]:
    """Folded word in any language, or the key itself → key, for a table of the catalogue.

    What else people say for a word is read as well.
    """
    prefix = f"workbook.{table}."
    keys: dict[str, str] = {}
    for lang in LANGS:
        for key, word in catalogue(lang, "workbook").items():
            if key.startswith(prefix):
                name = key.removeprefix(prefix)
                keys[folded(word)] = name
                keys.setdefault(folded(name), name)
    for key, word in also(table.rpartition(".")[2]):
        keys.setdefault(folded(word), key)
    return keys


def also(table: str) -> Iterator[tuple[str, str]]:
    """(key, word) of what else people say for the keys of a table, in any language."""
    for key, words in _synonyms().get(table, {}).items():
        yield from ((key, word) for word in words)


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).parent.with_name("synonyms.toml")
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tables


DASHES = {"-", "--", "—", "——", "–", "―", "/", "//", "\\", "－", "/ /"}
"""What people put into a cell that is to stay blank."""


def is_word(text: str, key: str) -> bool:
    """Whether the text is the word of this key in any language."""
    return folded(text) in {folded(say(f"workbook.{key}", lang)) for lang in LANGS}


_ONES = "〇零一二三四五六七八九两俩仨十"
"""Letters of numbers, which before 级 tell a level."""
_BEFORE_QUOTE = ("", *"、,;:+>\n")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def split(text: str, separators: str) -> list[str]:
    """Parts of a text at any of the separators, trimmed, empty ones dropped; "quoted" parts stay whole."""
    parts: list[str] = []
    piece = ""
    place = 0
    while place < len(text):
        before = text[:place].rstrip(" ")[-1:]
        quote = _QUOTED.match(text, place) if before in _BEFORE_QUOTE else None
        if quote:
            piece += quote.group()
            place = quote.end()
            continue
        if text[place] in separators:
            parts.append(piece)
            piece = ""
        else:
            piece += text[place]
        place += 1
    parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def unquoted(text: str) -> str:
    """A part of a list without its quotes."""
    if _QUOTED.fullmatch(text):
        return text[1:-1].replace('""', '"')
    return text


def quoted(text: str) -> str:
    """An id as written in a list: in quotes if it has a list's marks in it, or is 不限 or 无."""
    risky = (
        re.search(rf"""[、,;+:"\n>]|\s\d+$|\(\d+\)$|[\d{_ONES}]\s*级\)?$""", text)
        or text in DASHES
        or any(is_word(text, f"word.{key}") for key in ("any", "none"))
    )
    return '"' + text.replace('"', '""') + '"' if risky else text
