"""The command line: ``lianxin solve week.json --out roster.json``."""

from scheduler.cli.app import app


def main() -> None:
    """Run the command that the arguments name."""
    app()


__all__ = ["app", "main"]
