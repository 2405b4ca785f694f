"""What was received: sources, articles, and the bytes of each as they came. Never interprets them."""
