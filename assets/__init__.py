"""What ships beside the code: weights, word vectors, the pack, examples; licences beside each.

`caddis.geometry.assets` finds the files.
"""
