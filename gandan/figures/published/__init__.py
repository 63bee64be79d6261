"""What outside bodies publish and what plans aim at: recorded, compared, never joined
to a computed series."""
