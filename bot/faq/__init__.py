"""The FAQ's content: a typed, immutable model, its loader and its checks.

`load.load_book` reads the data folder, `check.check_book` warns about what has gone stale,
`store` writes a book as JSON and reads it back.
"""
