"""One profile for all drawn tests: machines differ, so no example has a deadline."""

from hypothesis import settings

settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")
