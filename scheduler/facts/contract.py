"""How much work a person's contract asks for over the horizon, and their fair share."""

from scheduler.model import Instance


def contract(instance: Instance, person: str) -> int | None:
    """Ticks: a fifth of the weekly contract for each Monday to Friday; None without a contract.

    So horizons of five working days and of a whole week ask for the same.
    """
    weekly = instance.limits(person).contract_minutes
    if weekly is None:
        return None
    horizon = instance.horizon
    return weekly * sum(horizon.date(day).isoweekday() <= 5 for day in range(horizon.days)) // 5


def fair_share(instance: Instance, person: str) -> int | None:
    """Ticks: what the contract asks for, plus what history lacks of its fair share; at least 0.

    None without a contract.
    """
    agreed = contract(instance, person)
    if agreed is None:
        return None
    past = instance.past(person)
    return max(0, agreed + past.fair_minutes - past.minutes)
