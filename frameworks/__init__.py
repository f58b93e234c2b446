"""Reference lists the Network works with: Global Compact, SDGs, African, regional and national frameworks, regions."""
