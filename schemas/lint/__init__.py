"""The checks of a service document, each a pure function from a document to sentences."""
