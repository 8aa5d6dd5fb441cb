"""A question becomes evidence and a cited, verified answer."""
