"""The planning period, which may be longer than the horizon: settings' ``period_end``."""

from scheduler.model import Instance


def period_ends(instance: Instance) -> bool:
    """Whether the planning period ends with the horizon."""
    end = instance.settings.period_end
    return end is None or end <= instance.horizon.date(instance.horizon.days - 1)
