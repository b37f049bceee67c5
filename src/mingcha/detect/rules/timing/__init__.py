"""When things happen."""

from mingcha.detect.rules.timing.burst_in_time import burst_in_time

TIMING = (burst_in_time,)
