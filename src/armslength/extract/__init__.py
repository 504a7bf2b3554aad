"""From documents to claims, each bound to exact words and to who says them."""
