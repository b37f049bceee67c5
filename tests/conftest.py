"""For every test: hypothesis looks for what is wrong, never for what is slow."""

from hypothesis import settings

settings.register_profile("mingcha", deadline=None)
settings.load_profile("mingcha")
