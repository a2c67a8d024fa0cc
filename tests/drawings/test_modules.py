"""The drawings' modules can be loaded one by one, and joined into one script."""

import re

from scheduler.drawings import FOLDER, MODULES, joined

OUTERMOST = re.compile(r"^(?:export )?(?:const|let|class|function) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r"^import \{(.*)\} from \"\./(\w+)\.js\";$", re.MULTILINE)


def text(module: str) -> str:
    return (FOLDER / f"{module}.js").read_text(encoding="utf-8")


def test_every_module_is_joined_after_those_that_it_imports():
    assert {path.stem for path in FOLDER.glob("*.js")} == set(MODULES)
    for number, module in enumerate(MODULES):
        assert {other for _, other in IMPORTED.findall(text(module))} <= set(MODULES[:number])


def test_what_is_imported_is_exported_there():
    for module in MODULES:
        for names, other in IMPORTED.findall(text(module)):
            for name in names.split(","):
                assert re.search(rf"^export (const|class) {name.strip()}\b", text(other), re.M)


def test_no_two_modules_name_something_alike():
    names = [name for module in MODULES for name in OUTERMOST.findall(text(module))]
    assert sorted(names) == sorted(set(names))


def test_the_joined_script_imports_and_exports_nothing():
    assert not re.search(r"^\s*(import|export)\b", joined(), re.MULTILINE)
