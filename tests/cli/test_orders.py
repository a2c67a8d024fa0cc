"""The commands that take a platform's list into a week and answer it."""

from pathlib import Path

import pytest

from scheduler.formats.json_file import read_instance
from tests.cli.conftest import Run
from tests.cli.hand_made import hand_made, put
from tests.formats.test_orders import HEAD, MAP, ROW, changed
from tests.formats.week import week

RESULTS = '[results]\nwho = "谁"\nstate = "状态"\n'


@pytest.fixture
def listed(run: Run) -> None:
    """A week, a list in GB18030 and a map, in files."""
    put("week.json", week())
    Path("orders.toml").write_text(MAP + RESULTS, encoding="utf-8")
    rows = [HEAD, ROW, changed(工单编号="0018", 地址="9号院")]
    Path("list.csv").write_text("\n".join(rows), encoding="gb18030")


def test_a_list_goes_into_the_week_and_the_results_into_the_list(run: Run, listed: None) -> None:
    taken = run("import-orders", "list.csv", "week.json")
    assert taken.exit_code == 0, taken.output
    for words in (
        "list.csv: encoding GB18030, 2 rows",
        "2 added: 0017, 0018",
        "1 new place (add coordinates or ways): 9号院",
        "Wrote week.orders.json",
    ):
        assert words in taken.stdout
    assert len(read_instance(Path("week.orders.json")).visits) == 4
    again = run(
        "import-orders",
        "list.csv",
        "week.orders.json",
        "--map",
        "orders.toml",
        "--out",
        "again.json",
    )
    assert "2 unchanged" in again.stdout
    put(
        "roster.json",
        hand_made("week", ("0017", "worker-1", "plaza", "2026-11-24T09:00", "2026-11-24T09:45")),
    )
    told = run(
        "export-results", "week.orders.json", "roster.json", "list.csv", "--out", "results.csv"
    )
    assert told.exit_code == 0, told.output
    assert "2 rows of results" in told.stdout
    lines = Path("results.csv").read_bytes().decode("gb18030").split("\r\n")
    assert lines[1].endswith("已安排,专职网格员01")
    assert lines[2].endswith("未安排,")


def test_a_list_goes_into_a_workbook(run: Run, listed: None) -> None:
    taken = run("import-orders", "list.csv", "week.json", "--out", "week.xlsx", "--lang", "zh")
    assert taken.exit_code == 0, taken.output
    assert "编码 GB18030，共 2 行" in taken.stdout
    assert "新增 2 项：0017、0018" in taken.stdout
    assert Path("week.xlsx").read_bytes().startswith(b"PK")


def test_faults_of_a_list_are_told_with_file_row_and_column(run: Run, listed: None) -> None:
    rows = [HEAD, changed(时限="bald"), changed(工单编号="2", 类型="")]
    Path("list.csv").write_text("\n".join(rows), encoding="utf-8")
    refused = run("import-orders", "list.csv", "week.json")
    assert refused.exit_code == 2
    assert "list.csv has 2 problems" in refused.stderr
    assert "F2 时限" in refused.stderr
    assert "C3 类型" in refused.stderr
    assert not Path("week.orders.json").exists()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("import-orders nowhere.csv week.json", "There is no file nowhere.csv"),
        ("import-orders list.csv nowhere.json", "There is no file nowhere.json"),
        ("import-orders list.csv week.json --map nowhere.toml", "There is no file nowhere.toml"),
        ("import-orders list.csv week.json --map list.csv", "list.csv has 1 problem"),
        ("import-orders list.csv week.json --out week.csv", "week.csv has an unknown ending"),
        ("import-orders week.json list.csv", "list.csv has 1 problem"),
        ("export-results week.json roster.json list.csv --out r.json", "r.json has an unknown ending"),
        ("export-results week.json roster.json list.csv --out no/r.csv", "cannot write to no/r.csv"),
        ("export-results week.json nowhere.json list.csv --out r.csv", "There is no file nowhere.json"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_written_is_refused(
    run: Run, listed: None, command: str, words: str
) -> None:
    put("roster.json", hand_made("week"))
    refused = run(*command.split())
    assert refused.exit_code == 2
    assert words in refused.stderr


def test_a_list_without_orders_says_so(run: Run, listed: None) -> None:
    Path("list.csv").write_text(HEAD, encoding="utf-8")
    assert "The list has no orders" in run("import-orders", "list.csv", "week.json").stdout
