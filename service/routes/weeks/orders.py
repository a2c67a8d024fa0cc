"""The micro-list (微清单) of a week: orders taken down, and rated once they are done.

An order is accepted, refused or handled otherwise as any request is: `service.routes.weeks.requests`.
"""

from typing import Annotated

from fastapi import APIRouter, Path

from service import inputs
from service.access.caller import Asking
from service.access.mask import Viewing
from service.examples import example
from service.jobs.port import key_id
from service.problems import ServiceError
from service.routes.common import IdempotencyKey, Use, body, errors
from service.routes.weeks.commands import quoting_nothing
from service.routes.weeks.weeks import WeekId
from service.weeks.micro_list import rate, strike
from service.weeks.opening import opened
from service.weeks.order_clock import OrderClock
from service.weeks.order_words import micro_list
from service.weeks.ordering import take_order
from service.weeks.words import mask_of
from service.wire.weeks.orders import OrderIn, OrderList, OrderOut, RatingIn

router = APIRouter(prefix="/weeks/{week}", tags=["weeks"])
OrderId = Annotated[str, Path(alias="order", max_length=32, description="Id of the order.")]
_LAMP = {
    "name": "楼道灯不亮",
    "kind": "repair",
    "place": "building-3",
    "windows": [{"start": "2026-11-23T09:00", "end": "2026-11-23T17:00"}],
}
_GOOD = {"rating": 5, "words": "来得很快"}


@router.get("/orders", responses=errors(404, 422))
def get_orders(week: WeekId, parts: Use, view: Viewing) -> OrderList:
    """What residents ordered in a week, or before it and is not done, and how far each order is."""
    return micro_list(parts.store, view, week, OrderClock.of(parts.settings))


@router.post(
    "/orders",
    status_code=201,
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, OrderIn.__name__, example("lamp", _LAMP))),
)
def post_order(
    week: WeekId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
    key: IdempotencyKey,
) -> OrderOut:
    """Take down what a resident needs. It changes nothing before it is accepted."""
    typed = inputs.read(upload, OrderIn).model_dump(mode="json")
    mask = mask_of(view, opened(parts.store, caller, week).state)
    view.audited_guess(parts.store, mask, typed, week)
    wanted = OrderIn.model_validate(mask.true_ids(typed))
    id = None if key is None else key_id(key, f"{caller.account}/{week}/orders")
    with quoting_nothing(parts, view, week):
        row = take_order(parts.store, caller, week, wanted, id)
    return _shown(micro_list(parts.store, view, week, OrderClock.of(parts.settings)), row.id)


@router.delete("/orders/{order}", status_code=204, responses=errors(404, 409, 422))
def delete_order(week: WeekId, id: OrderId, parts: Use, caller: Asking, view: Viewing) -> None:
    """Strike an order that waits, such as one that was taken down by mistake."""
    strike(parts.store, caller, view, week, id)


@router.post(
    "/orders/{order}/rating",
    responses=errors(404, 409, 413, 415, 422),
    openapi_extra=body((inputs.JSON, RatingIn.__name__, example("good", _GOOD))),
)
def post_rating(
    week: WeekId,
    id: OrderId,
    upload: inputs.JsonUpload,
    parts: Use,
    caller: Asking,
    view: Viewing,
) -> OrderOut:
    """Say how a resident rates work that was done; of a closed week, too."""
    wanted = inputs.read(upload, RatingIn)
    rate(parts.store, caller, view, week, id, wanted.rating, wanted.words)
    return _shown(micro_list(parts.store, view, week, OrderClock.of(parts.settings)), id)


def _shown(found: OrderList, id: str) -> OrderOut:
    """One of the list. Raises ServiceError where it is gone by now."""
    order = next((one for one in found.orders if one.id == id), None)
    if order is None:
        raise ServiceError("request_not_found", id=id)
    return order
