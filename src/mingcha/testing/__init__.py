"""For tests only: fixed clock, factories, conformance suites."""
