"""The public home, the workspace shell and the demo province."""
