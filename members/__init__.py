"""Who belongs, who speaks, who chairs — always on a given day."""
