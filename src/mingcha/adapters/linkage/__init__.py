"""How likely two rows are one person: Splink on DuckDB, and on Spark with the same settings file."""

from mingcha.adapters.linkage.splink import SplinkLinkage, Teaching, read_model, train

__all__ = ["SplinkLinkage", "Teaching", "read_model", "train"]
