"""The only place that picks adapters: Settings to Deps."""
