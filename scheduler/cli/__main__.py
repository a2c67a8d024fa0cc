"""``python -m scheduler.cli``: the same as ``lianxin``."""

from scheduler.cli import main

main()
