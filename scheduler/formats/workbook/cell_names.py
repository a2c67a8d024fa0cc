"""Names of cells, such as B7, as openpyxl has them; loaded when asked for, which takes a third of a second."""


def column_letter(column: int) -> str:
    """Letters of a column counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def row_and_column(cell: str) -> tuple[int, int]:
    """Both counted from 1. Raises ValueError for what names no cell."""
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(cell)
    return row, column
