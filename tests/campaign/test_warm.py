"""Warming compiles the real path."""

from mingcha.campaign.warm import warm


def test_warm_runs_the_whole_join() -> None:
    assert warm() == 1
