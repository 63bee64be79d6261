"""Pages of officials: lists, one dossier, its verbs, its papers, the register."""
