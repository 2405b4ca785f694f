"""What was delivered: articles with their standing artifacts, in formats that exporter plugins write."""
