"""Text before matching: one spelling, words, personal numbers out, romaji, what is denied."""
