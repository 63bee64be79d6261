"""Public pages of the catalogue, and its pages in the workspace."""
