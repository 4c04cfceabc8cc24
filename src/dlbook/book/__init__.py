"""The machinery that ties pages, listings and site together. The chapters import nothing from here."""
