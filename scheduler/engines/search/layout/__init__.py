"""Where things stand in the kernels' arenas.

Kernels take four flat arrays: ``P`` (int64: the problem, never written), ``T`` (int32: travel
ticks), ``S`` (int64: the state, every write logged) and ``W`` (int64: the thread's own scratch: undo
log, random state, queues). A table is a run of rows of one width; P's header tells where each
begins. One signature, few arguments: many arrays as arguments compile slowly and run slowly.

Everywhere ``from scheduler.engines.search import layout as at``: a column's name begins with its
table's. ``rows.py`` reaches rows and the cells read most; ``pack.py`` writes P.
"""

from scheduler.engines.search.layout.header import *  # noqa: F403
from scheduler.engines.search.layout.problem import *  # noqa: F403
from scheduler.engines.search.layout.scratch import *  # noqa: F403
from scheduler.engines.search.layout.state import *  # noqa: F403
from scheduler.engines.search.layout.table import *  # noqa: F403
