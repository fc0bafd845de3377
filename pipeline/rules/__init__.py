"""From a framework to findings. Each rule is one module; see `pipeline.rules.rule`."""
