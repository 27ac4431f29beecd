"""From rows of the database to what one reader sees: names, folds, marks, buttons."""
