"""What readers get: the site in each language, its notebooks and its labs."""
