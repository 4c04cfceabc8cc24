"""What the checks of each chapter ask: a generator of properties for each exercise, in a module for each chapter."""
