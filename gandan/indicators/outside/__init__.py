"""Outside indices and targets: files in, pages and downloads out."""
