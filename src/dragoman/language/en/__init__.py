"""English: the parser and the grammar that the stages ask questions of."""
