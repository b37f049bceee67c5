"""明察 mingcha: tells organised illegal agents apart from genuine complainants in consumer finance."""

__version__ = "0.1.0"
