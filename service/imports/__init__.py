"""Files that people drop to begin a week from: read with every fault, mended cell by cell.

All this runs in a process with limits (lanes ``reading`` and ``exports``): the files are strangers'.
"""
