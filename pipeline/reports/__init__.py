"""From findings to text, for people and for programs. Each report is one module; see `pipeline.reports.registry`."""
