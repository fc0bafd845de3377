"""From a framework to artifacts. Each export is one module; see `pipeline.exports.registry`."""
