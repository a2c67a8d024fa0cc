"""How much work the contract asks for over the horizon."""

from scheduler.model import Instance


def contract(instance: Instance, person: str) -> int | None:
    """Ticks: a fifth of the weekly contract for each Monday to Friday; None without a contract.

    So a horizon of five working days and one of a whole week ask for the same.
    """
    weekly = instance.limits(person).contract_minutes
    if weekly is None:
        return None
    horizon = instance.horizon
    return weekly * sum(horizon.date(day).isoweekday() <= 5 for day in range(horizon.days)) // 5
