"""Who asks, as the service sees it."""

from service.access.caller import Asking
from service.routes.common import errors
from service.routes.rooms import Room
from service.wire.access import Me

router = Room(tags=["access"])


@router.get("/me", responses=errors())
def get_me(caller: Asking) -> Me:
    """Who asks, and for what: role, areas, person, and whether private cases may be read."""
    return Me(
        account=caller.account,
        name=caller.name,
        role=caller.role,
        areas=None if caller.areas is None else sorted(caller.areas),
        private=caller.private,
        person=caller.person,
    )
