"""What the pages that commands write are made of: `markup` (elements, with all text escaped),
`table`, `svg` (drawings), `document` (the whole file) and its `style`.
"""
