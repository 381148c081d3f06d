"""What `faq evaluate` shows: `terminal` with rich, `page` as one HTML file.

The page is made of `charts`, `tables`, `confusion` and `results`; `words` holds what terminal and
page say alike.
"""
