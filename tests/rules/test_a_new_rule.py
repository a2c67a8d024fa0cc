"""A new rule with a limit is its file, its test and one line of the model; nothing else is edited."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.rules.new_rule import LIMIT

ROOT = Path(__file__).parents[2]
COPIED = ("scheduler", "instances", "tests")
CHECKED = (
    "tests/rules/test_period_tasks.py",
    "tests/rules/test_every_rule.py",
    "tests/rules/test_relaxing.py",
    "tests/rules/test_limits.py",
    "tests/engines/exact/test_requirements.py",
    "tests/contract/test_rules.py",
    "tests/formats/test_schema.py",
    "tests/messages/test_counted.py",
)


def run(*command: str, at: Path) -> str:
    """A command of a tree; its output. Fails with all of it."""
    made = subprocess.run(
        [sys.executable, "-B", "-m", *command], cwd=at, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout


def test_it_is_explained_priced_in_workbook_and_schema(tmp_path: Path) -> None:
    # With what is compiled of them, but for what is being written.
    unfinished = shutil.ignore_patterns("*.pyc.*")
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unfinished)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    new = tmp_path / "tests" / "rules" / "new_rule"
    shutil.copy(new / "rule.py", tmp_path / "scheduler" / "rules" / "period_tasks.py")
    shutil.copy(new / "rule_tests.py", tmp_path / "tests" / "rules" / "test_period_tasks.py")
    people = tmp_path / "scheduler" / "model" / "people.py"
    lines = people.read_text(encoding="utf-8")
    before = "    kind_counts: Annotated["
    assert lines.count(before) == 1
    people.write_text(lines.replace(before, LIMIT + before), encoding="utf-8")

    run("scheduler.formats.schema", at=tmp_path)
    # All that is asked of every rule and limit; the compiled search is long to start, and left out.
    chosen = "(period_tasks or schema_is_current or one_as_of_several) and not kernel"
    pytest = ("pytest", "-p", "no:cacheprovider", "-o", "addopts=", "-v", "-k", chosen)
    told = run(*pytest, *CHECKED, at=tmp_path)
    for path in CHECKED:
        assert f"{path}::" in told
    for claim in (
        "test_a_rule_is_about_it_and_says_how_to_relax_it[period_tasks]",
        "test_the_schema_describes_it[period_tasks]",
        "test_the_workbook_has_its_column_and_reads_back_what_it_holds[period_tasks-zh]",
        "test_no_english_message_speaks_of_one_as_of_several",
        "test_relaxed_by_the_amount_of_a_breach_the_rule_is_kept[period_tasks]",
        "test_primitives_price_every_roster_as_the_checker_does[period_tasks-alone]",
        "test_engines_price_every_roster_as_the_primitives_say[exact-period_tasks-all]",
    ):
        assert f"{claim} PASSED" in told
