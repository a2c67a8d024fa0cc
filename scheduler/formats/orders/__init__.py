"""Orders of a city platform: its exported lists read through a map of its columns to our fields.

`read_map` reads the map, `read_table` a list as text, `read_orders` the orders in it.
"""

from scheduler.formats.orders.mapping import OrderMap, read_map
from scheduler.formats.orders.read import Order, read_orders
from scheduler.formats.orders.table import OrderTable, read_table

__all__ = ["Order", "OrderMap", "OrderTable", "read_map", "read_orders", "read_table"]
