"""Territory, agencies and organisations, with dated names, codes and successors."""
