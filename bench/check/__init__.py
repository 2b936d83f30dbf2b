"""The same extract, read and checked by this reader and by what others would use."""
