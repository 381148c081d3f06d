"""What `faq evaluate` shows: `terminal` with rich, `page` as one HTML file.

The page is made of `markup` (elements, with all text escaped), `svg` and `charts` (drawings),
`tables`, `confusion` and `results`; `words` holds what terminal and page say alike.
"""
