"""What all tests share: no property test is judged by the clock, for machines are slow and busy."""

from hypothesis import HealthCheck, settings

settings.register_profile("lianxin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lianxin")
