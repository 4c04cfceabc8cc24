"""Pages as their writers write them: how they are read, and what the site's Markdown adds."""
